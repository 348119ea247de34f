using Ringfence.Runner.Agents;

namespace Ringfence.Runner.Jobs;

/// <summary>A job whose steps are over and whose sandbox still stands.</summary>
/// <param name="Agent">The agent in it.</param>
/// <param name="Environment">The variables that all of its steps got, with secrets that are not limited to some.</param>
/// <param name="Directory">Its working directory.</param>
/// <param name="Stopped">Fires when the job is to stop: whoever looks at it is to let go then.</param>
public sealed record EndedJob(AgentConnection Agent, IReadOnlyDictionary<string, string> Environment, string Directory, CancellationToken Stopped);
