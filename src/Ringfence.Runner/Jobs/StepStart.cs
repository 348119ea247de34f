namespace Ringfence.Runner.Jobs;

/// <summary>A step that begins, or begins again.</summary>
/// <param name="Step">Its place in the job, from 0; the implicit steps of EX-6.1 count.</param>
/// <param name="Name">What a person knows it by (EX-7.2).</param>
/// <param name="Kind">The kind of step as the config names it: <c>run</c>, <c>checkout</c>, <c>save_cache</c> …; <c>spin_up</c> and <c>environment</c> for the implicit ones; <c>service</c> for the output of a service container.</param>
/// <param name="Command">What it runs, for a person; empty when it is no command.</param>
/// <param name="Attempt">0 for the first time, then the number of the automatic rerun (EX-5.10).</param>
/// <param name="IsBackground">Whether the job goes on without waiting for it.</param>
public sealed record StepStart(int Step, string Name, string Kind, string Command, int Attempt, bool IsBackground);
