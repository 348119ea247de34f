using System.Collections.Immutable;

namespace Ringfence.Primitives;

/// <summary>Collects diagnostics while a text is worked through. Not safe for use by several threads at once.</summary>
/// <param name="limit">How many are kept; the rest are counted only, so that a hostile file cannot fill the memory with messages.</param>
public sealed class DiagnosticBag(int limit = 1000)
{
    private readonly List<Diagnostic> _all = [];
    private readonly HashSet<(string Code, string Path, int Start, string Message)> _seen = [];

    /// <summary>How many were left out because the limit was reached.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Whether anything was refused.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds a diagnostic, unless the same one (code, place and message) is there already.</summary>
    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
        if (!_seen.Add((diagnostic.Code.Id, diagnostic.Span.Source.Path, diagnostic.Span.Start, diagnostic.Message)))
            return;

        if (_all.Count < limit)
            _all.Add(diagnostic);
        else
            LeftOut++;
    }

    /// <summary>Everything collected, in the order of the text.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() =>
        [.. _all.OrderBy(d => d.Span.Source.Path, StringComparer.Ordinal).ThenBy(d => d.Span.Start)];
}
