namespace Ringfence.Config.Compilation.Workflows;

/// <summary>One invocation of a job group (CL-19).</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Prefix">What its jobs' names begin with: the name of the invocation.</param>
internal sealed record GroupInstance(string Group, string Prefix)
{
    /// <summary>The jobs by the names they have inside of the group.</summary>
    public List<Draft> Members { get; } = [];

    /// <summary>What stands for the group when others require it (CL-19.6).</summary>
    public Draft? End { get; set; }

    /// <summary>The prefixed name of a member.</summary>
    public string NameOf(string member) => $"{Prefix}/{member}";
}
