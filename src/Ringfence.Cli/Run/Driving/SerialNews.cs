using Ringfence.Workflows.Planning;
using Ringfence.Workflows.Serial;

namespace Ringfence.Cli.Run.Driving;

/// <summary>What became of a wish for the lock of a serial group.</summary>
/// <param name="Ticket">The wish.</param>
/// <param name="Happened">What the planner is told; null for nothing.</param>
/// <param name="Notice">What a person is told; empty for nothing.</param>
internal sealed record SerialNews(SerialTicket Ticket, WorkflowEvent? Happened, string Notice = "");
