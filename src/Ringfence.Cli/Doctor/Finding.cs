namespace Ringfence.Cli.Doctor;

/// <summary>What was found out about one thing that running jobs needs.</summary>
/// <param name="Name">The thing.</param>
/// <param name="State">How it is.</param>
/// <param name="Found">What is there, or what is wrong, in a few words.</param>
/// <param name="Fix">What to do or to type; empty when there is nothing to do.</param>
internal sealed record Finding(string Name, FindingState State, string Found, string Fix = "")
{
    /// <summary>Something that is as it should be.</summary>
    public static Finding Ok(string name, string found) => new(name, FindingState.Ok, found);

    /// <summary>Something without which jobs run all the same.</summary>
    public static Finding Warning(string name, string found, string fix) => new(name, FindingState.Warning, found, fix);

    /// <summary>Something that is not there.</summary>
    public static Finding Missing(string name, string found, string fix) => new(name, FindingState.Missing, found, fix);
}
