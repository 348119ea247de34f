using Ringfence.Cli.Commands;
using Ringfence.Cli.Git;
using Ringfence.Cli.Local;

namespace Ringfence.Cli.Doctor;

/// <summary>Looks for the programs and files that jobs need.</summary>
internal static class ToolFindings
{
    private const string VersionPrefix = "git version ";
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The <c>git</c> program, which brings the code into jobs.</summary>
    public static Finding Git(Surroundings surroundings)
    {
        const string Name = "git";
        if (GitProgram.Find(surroundings) is not { } git)
            return Finding.Missing(Name, "git is not installed", "Install it: apt-get install git");
        return git.Run(surroundings.WorkingDirectory, "--version") is { } said && said.StartsWith(VersionPrefix, StringComparison.Ordinal)
            ? Finding.Ok(Name, said.Split('\n')[0])
            : Finding.Missing(Name, "git is there but does not start", "Install it anew: apt-get install --reinstall git");
    }

    /// <summary>The program that is put into sandboxes.</summary>
    public static Finding Agent(Surroundings surroundings)
    {
        const string Name = "agent";
        const string Fix = $"Install Ringfence anew, or set {AgentFolder.Variable} to the folder that holds ringfence-agent.";
        var folder = AgentFolder.Of(surroundings);
        var program = Path.Combine(folder, AgentFolder.Program);
        if (!File.Exists(program))
            return Finding.Missing(Name, $"there is no {program}", Fix);
        return (File.GetUnixFileMode(program) & Executable) == 0
            ? Finding.Missing(Name, $"{program} may not be executed", $"Allow it: chmod +x {Run.Views.ShownText.ShellWord(program)}")
            : Finding.Ok(Name, program);
    }

    /// <summary>The config of the folder in which the command runs.</summary>
    public static Finding ConfigOf(Surroundings surroundings)
    {
        const string Name = "config";
        var config = DefaultConfig.Of(surroundings);
        return File.Exists(surroundings.FullPath(config))
            ? Finding.Ok(Name, config)
            : Finding.Warning(Name, $"there is no {config} in this folder", "Go to the folder of a project that has one.");
    }
}
