using System.Collections.Immutable;

namespace Ringfence.Config.Compilation;

/// <summary>What parameters may be at the place where they are declared (CL-5.2, CL-5.12, CL-5.22).</summary>
/// <param name="Types">The types that can be used there.</param>
/// <param name="NeedsDefault">Whether each must have a default.</param>
internal sealed record ParameterPlace(ImmutableArray<string> Types, bool NeedsDefault)
{
    /// <summary>Of the pipeline.</summary>
    public static ParameterPlace Pipeline { get; } = new(["string", "boolean", "integer", "enum"], true);

    private static readonly ParameterPlace Anywhere = new(["string", "boolean", "integer", "enum", "executor", "steps", "env_var_name"], false);

    private static readonly ParameterPlace Executor = new(["string", "boolean", "integer", "enum", "env_var_name"], false);

    /// <summary>Of an element.</summary>
    public static ParameterPlace Of(ElementKind kind) => kind == ElementKind.Executor ? Executor : Anywhere;
}
