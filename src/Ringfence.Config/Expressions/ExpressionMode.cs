namespace Ringfence.Config.Expressions;

/// <summary>Where an expression is written, which decides what becomes of unset variables and when the result counts as true.</summary>
public enum ExpressionMode
{
    /// <summary>
    /// A field of a config (CL-7.16). An unset variable is undefined: comparing it gives undefined, which is falsy. That holds for
    /// <c>starts-with</c> and <c>matches</c> too: CL-7.11 would make it an error and CL-7.19 recommends false, but the conformance
    /// corpus says undefined and outranks both; for the field the outcome is the same as CL-7.19's.
    /// </summary>
    ConfigField,

    /// <summary>A restriction on a context (CL-7.17). Reading an unset variable is an error, so that a restriction fails closed.</summary>
    ContextRestriction,
}
