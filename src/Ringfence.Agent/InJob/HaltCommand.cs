using Ringfence.Agent.InJob.Flags;

namespace Ringfence.Agent.InJob;

/// <summary>
/// <c>circleci step halt</c>, <c>task halt</c>: leaves a mark that the runner looks for when the step's script has ended; the script itself goes on (EX-7.63, EX-10.16).
/// Calling it twice is safe.
/// </summary>
internal static class HaltCommand
{
    /// <summary>The mark's name in the task's folder.</summary>
    public const string Marker = "halt";

    public static InJobVerb Step { get; } = Under("step");

    public static InJobVerb Task { get; } = Under("task");

    private static InJobVerb Under(string word) =>
        new(new CommandSyntax($"{word} halt", "End the job as successful once the current step is done."), (_, surroundings) => Halt(surroundings));

    private static int Halt(InJobSurroundings surroundings)
    {
        if (TaskFolder.Find(surroundings) is not { } folder)
        {
            surroundings.Say($"circleci: halt works inside a job only, where {TaskFolder.Variable} names a folder.");
            return InJobExitCode.Failed;
        }

        using (new FileStream(Path.Combine(folder.Path, Marker), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
        {
        }

        return InJobExitCode.Success;
    }
}
