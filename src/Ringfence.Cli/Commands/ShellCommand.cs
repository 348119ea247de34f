using System.CommandLine;
using Ringfence.Cli.Run;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence shell</c>: looks around where a job ran.</summary>
internal static class ShellCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("shell", "Run a job, and open a shell in its sandbox as it stands when the job has ended.")
        {
            TakesInterrupts = true,
            Notes = "The job runs alone and on one node, with the workspace of the last run, whether it succeeds or fails. What is typed\n"
                + "changes nothing but the sandbox, which goes with the shell. Without a terminal the commands are read from standard input.",
            Examples =
            [
                "ringfence shell test",
                "echo 'ls -la; env' | ringfence shell test",
            ],
        };
        var job = new Argument<string>("JOB") { Description = "The job." };
        var workflow = new Option<string?>("--workflow", "-w") { Description = "The workflow that has the job.", HelpName = "NAME" };
        var config = new Option<string?>("--config", "-c") { Description = "The config; .circleci/config.yml of the folder or of the checkout around it when left out.", HelpName = "PATH" };
        command.Add(job);
        command.Add(workflow);
        command.Add(config);
        var options = RunOptions.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = options.Apply(parsed, new RunSettings
            {
                Compile = new CompileSettings { Path = parsed.GetValue(config) ?? DefaultConfig.Of(surroundings) },
                Job = parsed.GetValue(job),
                Workflow = parsed.GetValue(workflow),
            }) with { OpensShell = true, IsPlain = true };
            settings = settings with { Previous = new EarlierRuns(surroundings).Newest(settings) };
            return (int)await RunCommand.RunAsync(surroundings, settings, cancel);
        });
        return command;
    }
}
