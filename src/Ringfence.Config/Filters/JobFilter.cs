using Ringfence.Config.Expressions;

namespace Ringfence.Config.Filters;

/// <summary>On which branches and tags an invocation runs (CL-16.20 to CL-16.32).</summary>
public abstract record JobFilter
{
    private JobFilter()
    {
    }

    /// <summary>No filter: all branches, no tag (CL-16.23).</summary>
    public sealed record None : JobFilter;

    /// <summary>The map form; a missing part is null.</summary>
    public sealed record Patterns(NamePatterns? Branches, NamePatterns? Tags) : JobFilter;

    /// <summary>The expression form, with the text it was written as.</summary>
    public sealed record Condition(string Text, Expression Expression) : JobFilter;
}
