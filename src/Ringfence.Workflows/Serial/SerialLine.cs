using System.Collections.Immutable;

namespace Ringfence.Workflows.Serial;

/// <summary>One key: who holds it and who waits, first come first.</summary>
internal sealed record SerialLine(SerialTicket? Holder, ImmutableList<(SerialTicket Ticket, DateTimeOffset Since)> Waiting)
{
    public static SerialLine Empty { get; } = new(null, []);

    public static SerialLine Of(IEnumerable<SerialEntry> entries)
    {
        var all = entries.ToList();
        return new SerialLine(all.Find(e => e.WaitsSince is null)?.Ticket, [.. all.Where(e => e.WaitsSince is not null).Select(e => (e.Ticket, e.WaitsSince!.Value))]);
    }

    public IEnumerable<SerialEntry> Entries(string key) =>
        (Holder is null ? [] : (SerialEntry[])[new SerialEntry(key, Holder, null)]).Concat(Waiting.Select(w => new SerialEntry(key, w.Ticket, w.Since)));

    public bool IsIdle => Holder is null && Waiting.IsEmpty;

    public IEnumerable<SerialTicket> All => Holder is null ? Waiting.Select(w => w.Ticket) : Waiting.Select(w => w.Ticket).Prepend(Holder);

    public int PlaceOf(SerialTicket ticket) => Waiting.FindIndex(w => IsSame(w.Ticket, ticket)) + 1;

    public static bool IsSame(SerialTicket? one, SerialTicket other) => one is not null && one.Workflow == other.Workflow && one.Job == other.Job;
}
