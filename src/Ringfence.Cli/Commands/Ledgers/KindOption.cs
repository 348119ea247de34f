using System.CommandLine;
using System.Text.Json;
using Ringfence.Cli.Output;
using Ringfence.Keep.Ledgers;

namespace Ringfence.Cli.Commands.Ledgers;

/// <summary>The option <c>--kind</c>, and the words for kinds of entries as the ledger itself writes them.</summary>
internal static class KindOption
{
    private static readonly LedgerKind[] Kinds = [.. Enum.GetValues<LedgerKind>().Where(kind => kind != LedgerKind.None)];

    /// <summary>Makes it.</summary>
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--kind") { Description = "Only entries of one kind.", HelpName = "KIND" };
        option.AcceptOnlyFromAmong([.. Kinds.Select(Word)]);
        return option;
    }

    /// <summary>The word for a kind.</summary>
    public static string Word(LedgerKind kind) => JsonSerializer.Serialize(kind, CliJson.Readable.LedgerKind).Trim('"');
}
