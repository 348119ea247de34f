using System.Collections.Immutable;
using System.Text;
using Ringfence.Cli.Diagnostics;
using Ringfence.Primitives;

namespace Ringfence.Cli.Orbs;

/// <summary>The content of <c>orbs.lock</c>: which version, with which content, each orb reference means from now on.</summary>
internal sealed class OrbLock
{
    /// <summary>The name of the file; it lies beside the config.</summary>
    public const string FileName = "orbs.lock";

    private const string Header =
        "# Which version of each orb this config uses, and the SHA-256 of its content.\n# Written by 'ringfence orb lock'; check it in.\n";

    private OrbLock(ImmutableSortedDictionary<string, OrbLockEntry> entries) => Entries = entries;

    /// <summary>The entries by reference.</summary>
    public ImmutableSortedDictionary<string, OrbLockEntry> Entries { get; }

    /// <summary>A lock of these entries.</summary>
    public static OrbLock Of(IEnumerable<OrbLockEntry> entries) =>
        new(entries.DistinctBy(e => e.Reference).ToImmutableSortedDictionary(e => e.Reference, e => e, StringComparer.Ordinal));

    /// <summary>Reads a lock; null when a line cannot be understood, and then the line is reported.</summary>
    public static OrbLock? Parse(SourceText text, DiagnosticBag diagnostics)
    {
        var entries = new List<OrbLockEntry>();
        for (var number = 1; number <= text.LineCount; number++)
        {
            var line = text.Line(number).Trim().ToString();
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var reference, var resolved, var digest] && Digest.TryParse(digest, out _))
            {
                entries.Add(new OrbLockEntry(reference, resolved, digest));
                continue;
            }

            var start = text.OffsetOfLine(number);
            diagnostics.Add(new Diagnostic(
                InputCodes.BadLock,
                new SourceSpan(text, start, start + text.Line(number).Length),
                "A line of the orb lock is not 'reference resolved sha256:digest'.",
                "Write the file again with 'ringfence orb lock'."));
            return null;
        }

        return Of(entries);
    }

    /// <summary>The file; same entries, same bytes.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(Header);
        foreach (var entry in Entries.Values)
            text.Append(entry.Reference).Append(' ').Append(entry.Resolved).Append(' ').Append(entry.Digest).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
