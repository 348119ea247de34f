using System.Diagnostics;

namespace Ringfence.Cli.Git;

/// <summary>Starts the <c>git</c> program for questions that its files do not answer.</summary>
internal sealed class GitProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int MostOutput = 64 * 1024;

    private readonly string _program;
    private readonly Surroundings _surroundings;

    private GitProgram(string program, Surroundings surroundings) => (_program, _surroundings) = (program, surroundings);

    /// <summary>Finds git on the PATH; null when it is not installed.</summary>
    public static GitProgram? Find(Surroundings surroundings) => PathOf(surroundings) is { } program ? new GitProgram(program, surroundings) : null;

    /// <summary>Where git is; null when it is not installed.</summary>
    public static string? PathOf(Surroundings surroundings) => surroundings.ProgramPath(OperatingSystem.IsWindows() ? "git.exe" : "git");

    /// <summary>The output of a git command; null when it fails or takes too long.</summary>
    public string? Run(string folder, params ReadOnlySpan<string> arguments)
    {
        using var process = new Process { StartInfo = StartInfo(folder, arguments) };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        using var patience = new Timer(_ => Kill(process), null, Patience, Timeout.InfiniteTimeSpan);
        process.StandardInput.Close();
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var output = ReadBounded(process.StandardOutput);
        process.WaitForExit();
        return output is not null && process.ExitCode == 0 ? output : null;
    }

    private ProcessStartInfo StartInfo(string folder, ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(_program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        start.Environment.Clear();
        foreach (var (name, value) in EnvironmentOf(_surroundings))
            start.Environment[name] = value;
        return start;
    }

    /// <summary>The variables that git gets: none that could have it start another program or ask for something.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(Surroundings surroundings)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C", ["GIT_TERMINAL_PROMPT"] = "0", ["GIT_OPTIONAL_LOCKS"] = "0" };
        foreach (var name in (ReadOnlySpan<string>)["PATH", "HOME", "XDG_CONFIG_HOME"])
        {
            if (surroundings.Variable(name) is { } value)
                all[name] = value;
        }

        return all;
    }

    private static string? ReadBounded(StreamReader reader)
    {
        var buffer = new char[MostOutput];
        var length = reader.ReadBlock(buffer);
        return length < buffer.Length ? new string(buffer, 0, length) : null;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended just now.
        }
    }
}
