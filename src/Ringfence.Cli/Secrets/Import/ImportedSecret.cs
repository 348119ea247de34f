using Ringfence.Primitives;

namespace Ringfence.Cli.Secrets.Import;

/// <summary>A secret as it stands in a file.</summary>
/// <param name="Name">Its name as written; it MAY be none that a variable can have.</param>
/// <param name="Line">The line that it begins on, from 1.</param>
/// <param name="Value">Its value; null when the file has none.</param>
internal sealed record ImportedSecret(string Name, int Line, SecretValue? Value);
