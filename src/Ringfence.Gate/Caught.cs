namespace Ringfence.Gate;

/// <summary>A secret that was found where it must not be. It says where, and never what.</summary>
/// <param name="Secret">The variable's name.</param>
/// <param name="Form">The form that it was in, such as <c>base64</c>.</param>
/// <param name="Path">The file, with what it lies in: <c>out.tgz!dir/key.pem</c>. Empty in a log.</param>
/// <param name="Offset">Bytes from the beginning of that file or log, before anything was masked.</param>
public sealed record Caught(string Secret, string Form, string Path, long Offset);
