using Ringfence.Config.Values;

namespace Ringfence.Access.Expressions;

/// <summary>A variable that a restriction can read (EXP-3).</summary>
/// <param name="Name">Its whole name.</param>
/// <param name="Type">Its type whenever it has a value.</param>
/// <param name="IsTainted">Whether outsiders choose the value (EXP-13).</param>
/// <param name="MayBeUnset">Whether ordinary pipelines have no value for it, so that reading it denies (EXP-4).</param>
/// <param name="IsReference">Whether it names a branch or tag, of which whoever may push can make a longer one.</param>
public sealed record RestrictionVariable(string Name, PipelineValueType Type, bool IsTainted, bool MayBeUnset, bool IsReference);
