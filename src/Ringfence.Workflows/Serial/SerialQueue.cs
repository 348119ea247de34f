using System.Collections.Immutable;

namespace Ringfence.Workflows.Serial;

/// <summary>
/// The serial groups of one organization (EX-3.15 to EX-3.19): who holds which key and who waits for it. It never changes: each call gives
/// another. What is said twice does no harm.
/// </summary>
public sealed class SerialQueue
{
    private readonly ImmutableSortedDictionary<string, SerialLine> _lines;

    private SerialQueue(ImmutableSortedDictionary<string, SerialLine> lines) => _lines = lines;

    /// <summary>How long a job may wait for a lock (EX-3.17).</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromHours(5);

    /// <summary>No group is in use.</summary>
    public static SerialQueue Empty { get; } = new(ImmutableSortedDictionary.Create<string, SerialLine>(StringComparer.Ordinal));

    /// <summary>All that is held and waited for, each key's in order, so that it can be written down.</summary>
    public ImmutableArray<SerialEntry> Entries =>
    [
        .. from line in _lines
           from entry in line.Value.Entries(line.Key)
           select entry,
    ];

    /// <summary>The groups as <see cref="Entries"/> told them.</summary>
    public static SerialQueue Of(IEnumerable<SerialEntry> entries) =>
        new(entries.GroupBy(e => e.Key, StringComparer.Ordinal).ToImmutableSortedDictionary(group => group.Key, SerialLine.Of, StringComparer.Ordinal));

    /// <summary>When <see cref="TimeOut"/> has something to do next; null while nobody waits.</summary>
    public DateTimeOffset? NextTimeout => _lines.Values.SelectMany(line => line.Waiting).Select(w => (DateTimeOffset?)(w.Since + LongestWait)).Min();

    /// <summary>Who holds a key, or null.</summary>
    public SerialTicket? HolderOf(string key) => LineOf(key).Holder;

    /// <summary>Who waits for a key, first come first.</summary>
    public ImmutableArray<SerialTicket> WaitingFor(string key) => [.. LineOf(key).Waiting.Select(w => w.Ticket)];

    /// <summary>Asks for a lock (EX-3.16). Who asks again is told again how things are.</summary>
    public SerialTurn Request(string key, SerialTicket ticket, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ticket);

        var line = LineOf(key);
        if (SerialLine.IsSame(line.Holder, ticket))
            return new SerialTurn(this, [new SerialDecision.Granted(key, ticket)]);
        if (line.PlaceOf(ticket) is > 0 and var place)
            return new SerialTurn(this, [new SerialDecision.Waits(key, ticket, place)]);
        if (line.IsIdle)
            return new SerialTurn(With(key, line with { Holder = ticket }), [new SerialDecision.Granted(key, ticket)]);

        var newest = line.All.Where(t => string.Equals(t.Project, ticket.Project, StringComparison.Ordinal)).Select(t => (long?)t.PipelineNumber).Max();
        if (ticket.PipelineNumber < newest)
        {
            var reason = $"pipeline {newest} of the project holds or awaits the serial group {key}, and this is the older pipeline {ticket.PipelineNumber}";
            return new SerialTurn(this, [new SerialDecision.Refused(key, ticket, reason)]);
        }

        var longer = line with { Waiting = line.Waiting.Add((ticket, now)) };
        return new SerialTurn(With(key, longer), [new SerialDecision.Waits(key, ticket, longer.Waiting.Count)]);
    }

    /// <summary>Gives back what a lock job holds or waits for; does nothing if that is nothing any more.</summary>
    public SerialTurn Release(string key, WorkflowId workflow, JobId job)
    {
        var line = LineOf(key);
        var ticket = line.All.FirstOrDefault(t => t.Workflow == workflow && t.Job == job);
        if (ticket is null)
            return new SerialTurn(this, []);
        return ticket == line.Holder
            ? PassOn(key, line)
            : new SerialTurn(With(key, line with { Waiting = line.Waiting.RemoveAt(line.PlaceOf(ticket) - 1) }), []);
    }

    /// <summary>Lets the next one in although the holder still runs, because a person wants it (EX-3.18).</summary>
    public SerialTurn ReleaseByHand(string key) => LineOf(key) is { Holder: not null } line ? PassOn(key, line) : new SerialTurn(this, []);

    /// <summary>Gives up those that have waited too long (EX-3.17).</summary>
    public SerialTurn TimeOut(DateTimeOffset now)
    {
        var lines = _lines;
        var decisions = ImmutableArray.CreateBuilder<SerialDecision>();
        foreach (var (key, line) in _lines)
        {
            var late = line.Waiting.TakeWhile(w => now - w.Since >= LongestWait).ToList();
            if (late.Count == 0)
                continue;
            lines = lines.SetItem(key, line with { Waiting = line.Waiting.RemoveRange(0, late.Count) });
            decisions.AddRange(late.Select(w => new SerialDecision.TimedOut(key, w.Ticket)));
        }

        return new SerialTurn(decisions.Count == 0 ? this : new SerialQueue(lines), decisions.ToImmutable());
    }

    private SerialTurn PassOn(string key, SerialLine line) => line.Waiting.IsEmpty
        ? new SerialTurn(With(key, SerialLine.Empty), [])
        : new SerialTurn(
            With(key, new SerialLine(line.Waiting[0].Ticket, line.Waiting.RemoveAt(0))), [new SerialDecision.Granted(key, line.Waiting[0].Ticket)]);

    private SerialLine LineOf(string key) => _lines.TryGetValue(key, out var line) ? line : SerialLine.Empty;

    private SerialQueue With(string key, SerialLine line) => new(line.IsIdle ? _lines.Remove(key) : _lines.SetItem(key, line));
}
