using System.Collections.Immutable;
using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Secrets;

/// <summary>Says which steps get a fenced variable.</summary>
internal static class FenceText
{
    private const int Shown = 3;
    private const int ShownOfDigest = 19;

    /// <summary>One rule.</summary>
    public static string Of(VaultFenceStep rule) => rule switch
    {
        { Orb.Length: > 0 } => $"orb {rule.Orb}",
        { Command.Length: > 0 } => $"command {rule.Command}",
        { Content.Length: > 0 } => $"{rule.Job}/{rule.Step} as {rule.Content[..Math.Min(ShownOfDigest, rule.Content.Length)]}…",
        _ => $"{rule.Job}/{rule.Step}",
    };

    /// <summary>Some rules, on one line.</summary>
    public static string Of(ImmutableArray<VaultFenceStep> rules) =>
        string.Join(", ", rules.Take(Shown).Select(Of)) + (rules.Length > Shown ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" and {rules.Length - Shown} more") : "");
}
