namespace Ringfence.Gate.Matching;

/// <summary>One look at a piece of text: what is in it, and from where on it has to wait. Reused from piece to piece, so that nothing is allocated.</summary>
internal sealed class Scan : IDisposable
{
    /// <summary>Bytes of the shortest value (MSK-2); the beginning of one that is shorter gives nothing away.</summary>
    public const int ShortestHeld = 4;

    private static readonly Comparison<Match> ByPlace = static (left, right) =>
        left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.End.CompareTo(left.End);

    private readonly CanonicalView _plain = new();
    private readonly CanonicalView _decoded = new();
    private readonly List<Match> _found = [];
    private readonly List<Match> _viewMatches = [];
    private readonly List<Region> _regions = [];
    private bool _hasEscapes;

    /// <summary>All matches, by place in the raw text, the longest first of those that begin together.</summary>
    public IReadOnlyList<Match> Matches => _found;

    /// <summary>What is to be masked, in order.</summary>
    public List<Region> Regions => _regions;

    /// <summary>From here on, a match could begin that has not ended: later pieces MUST be looked at together with what follows here.</summary>
    public int Open { get; private set; }

    /// <summary>The same for matches of which enough is there to matter; known in a release only.</summary>
    public int OpenLong { get; private set; }

    /// <summary>Where the bytes end of which it is known whether they belong to an escape.</summary>
    public int Decided { get; private set; }

    public void Look(SecretMatcher matcher, ReadOnlySpan<byte> raw, bool isLast, bool isRelease)
    {
        _found.Clear();
        _regions.Clear();
        _plain.BuildPlain(raw);
        _hasEscapes = CanonicalView.HasEscapes(raw);
        if (_hasEscapes)
            _hasEscapes = _decoded.BuildDecoded(raw, isLast);

        Decided = _hasEscapes ? _decoded.Decided : raw.Length;
        FindIn(_plain, matcher, raw, isEscaped: false);
        if (_hasEscapes)
            FindIn(_decoded, matcher, raw, isEscaped: true);
        matcher.Exact.FindAll(raw, _found);
        if (_found.Count > 0)
            MakeRegions();

        Open = isLast ? raw.Length : FindOpen(matcher, raw, 1);
        OpenLong = isRelease ? FindOpen(matcher, raw, ShortestHeld) : raw.Length;
        if (!_hasEscapes || isLast)
            return;
        Open = Math.Min(Open, _decoded.Decided);
        if (isRelease && _decoded.Decided < raw.Length)
            OpenLong = Math.Min(OpenLong, FindOpenIfLast(matcher, raw));
    }

    /// <summary>Where the escape ends that the place is within; the place itself if it is within none.</summary>
    public int EndOfEscape(int raw) => _hasEscapes && _decoded.TryEscapeAround(raw, out var escape) ? escape.RawEnd : raw;

    public void Dispose()
    {
        _plain.Dispose();
        _decoded.Dispose();
    }

    private void FindIn(CanonicalView view, SecretMatcher matcher, ReadOnlySpan<byte> raw, bool isEscaped)
    {
        _viewMatches.Clear();
        matcher.LongGrams.FindAll(view, isEscaped, _viewMatches);
        matcher.ShortGrams.FindAll(view, isEscaped, _viewMatches);
        if (_viewMatches.Count == 0)
            return;
        _viewMatches.Sort(ByPlace);
        var starts = new ViewCursor(view, raw);
        foreach (var match in _viewMatches)
        {
            // Ends do not ascend together with starts; from the match's own start on, they do.
            var (start, _) = starts.Find(match.Start);
            var ends = starts;
            var (_, end) = ends.Find(match.End - 1);
            _found.Add(match with { Start = start, End = end });
        }
    }

    private void MakeRegions()
    {
        if (_hasEscapes)
        {
            for (var i = 0; i < _found.Count; i++)
                _found[i] = WithWholeEscapes(_found[i]);
        }

        _found.Sort(ByPlace);
        var (start, end, first) = (_found[0].Start, _found[0].End, 0);
        for (var i = 1; i < _found.Count; i++)
        {
            if (_found[i].Start < end)
            {
                end = Math.Max(end, _found[i].End);
                continue;
            }

            _regions.Add(new Region(start, end, first, i - first));
            (start, end, first) = (_found[i].Start, _found[i].End, i);
        }

        _regions.Add(new Region(start, end, first, _found.Count - first));
    }

    /// <summary>An escape that is masked in part would become another one, and the text around it would look different.</summary>
    private Match WithWholeEscapes(Match match) => match with
    {
        Start = WholeEscape(match.Start),
        End = EndOfEscape(match.End),
    };

    private int WholeEscape(int raw) => _hasEscapes && _decoded.TryEscapeAround(raw, out var escape) ? escape.RawStart : raw;

    private int FindOpen(SecretMatcher matcher, ReadOnlySpan<byte> raw, int shortest)
    {
        var open = matcher.ExactHeads.FindOpen(raw, shortest);
        open = Math.Min(open, FindOpen(_plain, matcher, raw, shortest));
        if (_hasEscapes)
            open = Math.Min(open, FindOpen(_decoded, matcher, raw, shortest));
        return open == raw.Length ? open : WholeEscape(open);
    }

    /// <summary>An escape at the end that never ends is the text that it is, and may belong to a match.</summary>
    private int FindOpenIfLast(SecretMatcher matcher, ReadOnlySpan<byte> raw)
    {
        using var view = new CanonicalView();
        view.BuildDecoded(raw, isLast: true);
        _viewMatches.Clear();
        matcher.LongGrams.FindAll(view, isEscaped: true, _viewMatches);
        matcher.ShortGrams.FindAll(view, isEscaped: true, _viewMatches);
        var open = FindOpen(view, matcher, raw, ShortestHeld);
        foreach (var match in _viewMatches)
            open = Math.Min(open, new ViewCursor(view, raw).Find(match.Start).Start);
        return open == raw.Length ? open : WholeEscape(open);
    }

    private static int FindOpen(CanonicalView view, SecretMatcher matcher, ReadOnlySpan<byte> raw, int shortest)
    {
        var open = matcher.Heads.FindOpen(view.Bytes, shortest);
        return open == view.Bytes.Length ? raw.Length : new ViewCursor(view, raw).Find(open).Start;
    }
}
