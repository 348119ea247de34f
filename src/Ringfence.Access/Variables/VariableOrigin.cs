namespace Ringfence.Access.Variables;

/// <summary>Where a step's variable gets its value, weakest first (CTX-21). An assignment in the step's own shell beats all and is not seen here.</summary>
public enum VariableOrigin
{
    /// <summary>It is set nowhere.</summary>
    Unset,

    /// <summary>The project's variables.</summary>
    Project,

    /// <summary>A context.</summary>
    Context,

    /// <summary>A built-in <c>CIRCLE_*</c> value.</summary>
    BuiltIn,

    /// <summary>The <c>environment</c> of the job or its container.</summary>
    Job,

    /// <summary>The <c>environment</c> of the step.</summary>
    Step,
}
