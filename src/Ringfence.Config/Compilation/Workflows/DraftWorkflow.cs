using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>A workflow whose condition holds, with its invocations expanded but not yet named.</summary>
/// <param name="Name">Its name.</param>
/// <param name="NameNode">Where the name is written.</param>
/// <param name="Body">Its keys.</param>
internal sealed record DraftWorkflow(string Name, YamlScalar NameNode, YamlMapping Body)
{
    /// <summary>The invocations in order.</summary>
    public List<Draft> Jobs { get; } = [];

    /// <summary>The names that stand for all jobs of a matrix, also of one that made none (CL-18.10).</summary>
    public HashSet<string> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of invocations that could not be expanded, which is reported already; requiring them is no second mistake.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>The invocations of groups.</summary>
    public List<GroupInstance> Groups { get; } = [];
}
