namespace Ringfence.Workflows.Serial;

/// <summary>What became of a wish for a lock; tell it to the workflow of the ticket.</summary>
public abstract record SerialDecision
{
    private SerialDecision()
    {
    }

    /// <summary>It holds the lock now: <see cref="Planning.WorkflowEvent.LockGranted"/>.</summary>
    public sealed record Granted(string Key, SerialTicket Ticket) : SerialDecision;

    /// <summary>It waits. To be shown only.</summary>
    /// <param name="Key">The key of the group.</param>
    /// <param name="Ticket">The wish.</param>
    /// <param name="Place">How many have to give the lock back first; at least 1.</param>
    public sealed record Waits(string Key, SerialTicket Ticket, int Place) : SerialDecision;

    /// <summary>It is not let in: <see cref="Planning.WorkflowEvent.LockRefused"/>.</summary>
    public sealed record Refused(string Key, SerialTicket Ticket, string Reason) : SerialDecision;

    /// <summary>It waited too long: <see cref="Planning.WorkflowEvent.LockTimedOut"/>.</summary>
    public sealed record TimedOut(string Key, SerialTicket Ticket) : SerialDecision;
}
