namespace Ringfence.Config;

/// <summary>
/// How much the compiler takes from outside. Whatever goes beyond is refused with one message; nothing grows without a bound.
/// </summary>
public sealed record Limits
{
    /// <summary>The limits of a normal run.</summary>
    public static Limits Default { get; } = new();

    /// <summary>Characters in one source text (a config or an orb). CircleCI takes 8 MB of compiled config (CL-21.1).</summary>
    public int SourceCharacters { get; init; } = 8 * 1024 * 1024;

    /// <summary>How deep collections may be nested in a YAML text.</summary>
    public int YamlDepth { get; init; } = 100;

    /// <summary>Nodes of a document after each alias is replaced by what it stands for. Stops "billion laughs".</summary>
    public int ExpandedNodes { get; init; } = 2_000_000;

    /// <summary>Problems reported for one run.</summary>
    public int Diagnostics { get; init; } = 200;

    /// <summary>Nesting of logic statements (CL-8.4) and of expressions.</summary>
    public int LogicDepth { get; init; } = 100;

    /// <summary>Characters in one expression.</summary>
    public int ExpressionCharacters { get; init; } = 16 * 1024;

    /// <summary>Commands calling commands, in calls.</summary>
    public int CallDepth { get; init; } = 100;

    /// <summary>Lists of steps inside of each other: conditions, commands and arguments together.</summary>
    public int StepNesting { get; init; } = 400;

    /// <summary>Jobs of all workflows together (CL-21.2).</summary>
    public int Jobs { get; init; } = 10_000;

    /// <summary>Jobs that one matrix may make (CL-21.2).</summary>
    public int MatrixJobs { get; init; } = 1_000;

    /// <summary>Steps of all jobs together.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>Characters of the compiled config (CL-21.1: 8 MB).</summary>
    public int CompiledCharacters { get; init; } = 8 * 1024 * 1024;

    /// <summary>Orbs importing orbs (CL-15.7).</summary>
    public int OrbDepth { get; init; } = 5;

    /// <summary>URL orbs in one config (CL-15.7).</summary>
    public int UrlOrbs { get; init; } = 50;

    /// <summary>Distinct contexts in one config (CL-17.19).</summary>
    public int Contexts { get; init; } = 100;
}
