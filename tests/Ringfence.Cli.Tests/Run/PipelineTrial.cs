using System.Diagnostics;
using System.Runtime.InteropServices;
using Ringfence.Cli.Run;
using Ringfence.Runner.Sandboxes.Process;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Runs whole pipelines through the command line: real agent, real fence, real git, in folders that go with it.</summary>
internal sealed class PipelineTrial : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ringfence-home-");

    public CommandRun Commands { get; } = new();

    /// <summary>The folder in which runs are kept.</summary>
    public string Home => _home.FullName;

    /// <summary>Makes one whose config is the given text. Skips the test where there is no fence.</summary>
    public static async Task<PipelineTrial> With(string config)
    {
        var check = await new ProcessSandboxProvider(fenced: true, Environment.GetEnvironmentVariable("PATH") ?? "").CheckAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(check.IsAvailable, check.Description);
        var trial = new PipelineTrial();
        trial.Commands.WithVariable("RINGFENCE_AGENT", await StaticAgent.FolderAsync()).WithVariable("RINGFENCE_HOME", trial.Home).WithFile(".circleci/config.yml", config);
        return trial;
    }

    public Task<CommandResult> Run(params string[] options) => Commands.Run(["run", "--plain", .. options]);

    public Task<CommandResult> Rerun(params string[] options) => Commands.Run(["rerun", "--plain", .. options]);

    /// <summary>Interrupts the run each time a line of its output is one of these, in this order.</summary>
    public void InterruptAt(params string[] lines)
    {
        var next = 0;
        Commands.OnOutput = text =>
        {
            if (next < lines.Length && text.Trim().EndsWith(lines[next], StringComparison.Ordinal))
            {
                next++;
                Commands.Interrupt();
            }
        };
    }

    /// <summary>Makes the folder a repository with everything in it committed.</summary>
    public PipelineTrial Committed(string message = "First")
    {
        if (!Directory.Exists(Path.Combine(Commands.Folder, ".git")))
            Git("init", "-q", "-b", "main");
        Git("add", "-A");
        Git("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "-q", "-m", message);
        return this;
    }

    /// <summary>What runs call the project of the folder.</summary>
    public async Task<string> ProjectAsync()
    {
        var said = (await Commands.Run("ssh-key", "list")).Error;
        return said[(said.IndexOf("project ", StringComparison.OrdinalIgnoreCase) + "project ".Length)..said.IndexOf(" has no SSH keys", StringComparison.Ordinal)];
    }

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Commands.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return output.Trim();
    }

    /// <summary>Starts the program itself, as a process of its own.</summary>
    public Process StartProgram(params string[] arguments) => Process.Start(Program([], arguments))!;

    /// <summary>What starts the program as a process of its own.</summary>
    /// <param name="before">The words before its own, such as those of a shell.</param>
    /// <param name="arguments">Its arguments.</param>
    public ProcessStartInfo Program(IEnumerable<string> before, IEnumerable<string> arguments)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        string[] words = [.. before, dotnet, Path.Combine(AppContext.BaseDirectory, "ringfence.dll"), .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = Commands.Folder, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var (name, value) in Commands.Surroundings().Environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>What is left in the folder of sandboxes; it should be nothing.</summary>
    public IEnumerable<string> Leftovers() => Directory.EnumerateFileSystemEntries(Path.Combine(Home, "sandboxes"));

    /// <summary>What the runs so far have on the labels of their containers.</summary>
    public IReadOnlyList<string> RunIds() =>
        [.. Directory.EnumerateFiles(Home, RunRecord.FileName, SearchOption.AllDirectories).Select(file => RunRecord.Read(Path.GetDirectoryName(file)!)!.Id.Replace("-", "", StringComparison.Ordinal)[..12])];

    public void Dispose()
    {
        Commands.Dispose();
        Ringfence.Runner.Sandboxes.ScratchFolders.Remove(_home.FullName);
    }
}
