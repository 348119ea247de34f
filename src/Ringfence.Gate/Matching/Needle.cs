namespace Ringfence.Gate.Matching;

/// <summary>One form of one secret, as the view shows it; or, if exact, as the raw bytes.</summary>
/// <param name="Bytes">What is looked for; pinned, zeroed by its owner.</param>
/// <param name="Secret">Index of the secret.</param>
/// <param name="Form">The form's name.</param>
/// <param name="IsExact">Whether it is too short for the view and is looked for byte by byte.</param>
internal sealed record Needle(byte[] Bytes, int Secret, string Form, bool IsExact);
