namespace Ringfence.Gate.Forms;

/// <summary>One way to write a secret down.</summary>
/// <param name="Name">The name that people see.</param>
/// <param name="Bytes">The bytes as they would be printed, but for what the views leave out or resolve.</param>
internal sealed record Form(string Name, byte[] Bytes);
