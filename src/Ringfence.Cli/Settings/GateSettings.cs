using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Gate.Policies;

namespace Ringfence.Cli.Settings;

/// <summary>The words of the table <c>[gate]</c>.</summary>
internal static class GateSettings
{
    private static readonly ImmutableArray<(string Word, GateExit Exit)> Exits =
    [
        ("logs", GateExit.Log),
        ("artifacts", GateExit.Artifact),
        ("cache", GateExit.Cache),
        ("workspace", GateExit.Workspace),
        ("test_results", GateExit.TestResults),
        ("bash_env", GateExit.BashEnv),
        ("continuation", GateExit.Continuation),
    ];

    private static readonly ImmutableArray<(string Word, GateAction Action)> Actions =
        [("refuse", GateAction.Refuse), ("mask", GateAction.Mask), ("warn", GateAction.Warn), ("allow", GateAction.Allow)];

    /// <summary>The words for exits.</summary>
    public static IEnumerable<string> ExitWords => Exits.Select(e => e.Word);

    /// <summary>The exit of a word; null when there is none.</summary>
    public static GateExit? ExitOf(string word) => Exits.Where(e => e.Word == word).Select(e => (GateExit?)e.Exit).FirstOrDefault();

    /// <summary>What a word says about an exit; null when it says nothing there. A log is masked or shown; everything else leaves whole or not at all.</summary>
    public static GateAction? ActionOf(GateExit exit, string word) =>
        Actions.Where(a => a.Word == word && IsFor(exit, a.Action)).Select(a => (GateAction?)a.Action).FirstOrDefault();

    /// <summary>What may be written about an exit: <c>"refuse", "warn" or "allow"</c>.</summary>
    public static string Choices(GateExit exit)
    {
        var words = Actions.Where(a => IsFor(exit, a.Action)).Select(a => $"\"{a.Word}\"").ToList();
        return $"{string.Join(", ", words[..^1])} or {words[^1]}";
    }

    /// <summary>What is written instead of a mistyped word, or null.</summary>
    public static string? Instead(GateExit exit, string word) => Spelling.DidYouMean(word, Actions.Where(a => IsFor(exit, a.Action)).Select(a => a.Word));

    private static bool IsFor(GateExit exit, GateAction action) => action is GateAction.Allow || (exit is GateExit.Log ? action is GateAction.Mask : action is not GateAction.Mask);
}
