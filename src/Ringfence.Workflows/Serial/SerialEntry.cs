namespace Ringfence.Workflows.Serial;

/// <summary>A lock that is held or waited for.</summary>
/// <param name="Key">The key of the group.</param>
/// <param name="Ticket">Whose it is.</param>
/// <param name="WaitsSince">Since when it waits; null when it holds the lock.</param>
public sealed record SerialEntry(string Key, SerialTicket Ticket, DateTimeOffset? WaitsSince);
