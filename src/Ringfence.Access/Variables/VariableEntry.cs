using Ringfence.Access.Names;

namespace Ringfence.Access.Variables;

/// <summary>One variable of a context or project, without its value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of its value that is in force.</param>
/// <param name="HasOverride">Whether somebody allowed a guarded name on purpose, which is recorded (CTX-22).</param>
public sealed record VariableEntry(VariableName Name, VersionId Version, bool HasOverride);
