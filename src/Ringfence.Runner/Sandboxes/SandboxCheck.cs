namespace Ringfence.Runner.Sandboxes;

/// <summary>Whether a kind of sandbox can be had here.</summary>
/// <param name="IsAvailable">Whether it can.</param>
/// <param name="Description">What is there, such as <c>Docker 28.2 at unix:///var/run/docker.sock</c>; or what is missing.</param>
/// <param name="Hint">What to do when it is missing; empty otherwise.</param>
public sealed record SandboxCheck(bool IsAvailable, string Description, string Hint = "");
