namespace Ringfence.Cli.Secrets;

/// <summary>Where the code and the config of a run come from, as far as a decision about secrets depends on it.</summary>
/// <param name="IsRepository">Whether there is a git repository; otherwise branch and commit are made up.</param>
/// <param name="IsConfigChanged">Whether the text of the config is not that of a commit, so that an expression can tell (EXP-11).</param>
internal sealed record SourceOrigin(bool IsRepository, bool IsConfigChanged);
