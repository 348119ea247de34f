namespace Ringfence.Cli.Local;

/// <summary>Where the program lies that is put into sandboxes: beside this one, unless the user says otherwise.</summary>
internal static class AgentFolder
{
    /// <summary>Names the folder, for who has built the agent elsewhere.</summary>
    public const string Variable = "RINGFENCE_AGENT";

    /// <summary>The name of the program in the folder.</summary>
    public const string Program = "ringfence-agent";

    /// <summary>The folder; it need not be there.</summary>
    public static string Of(Surroundings surroundings) =>
        surroundings.Variable(Variable) is { } own ? surroundings.FullPath(own) : Path.Combine(AppContext.BaseDirectory, "agent");
}
