using System.Diagnostics;
using System.Globalization;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Has the kernel put the cores of crashed processes into a folder, whatever name space they lived in, until it is disposed. Only root may.</summary>
internal sealed class CoreFiles : IDisposable
{
    private const string Pattern = "/proc/sys/kernel/core_pattern";
    private const string PipeLimit = "/proc/sys/kernel/core_pipe_limit";

    private const string FolderName = "ringfence-cores-";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(FolderName);
    private readonly (string Pattern, string Limit) _before = Before();

    private CoreFiles()
    {
    }

    /// <summary>Begins, and shows with a process that does leave a core that cores arrive. Skips the test where none do.</summary>
    public static async Task<CoreFiles> CollectAsync()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can have the kernel collect cores: /proc/sys/kernel/core_pattern.");
        var cores = new CoreFiles();
        var reason = await cores.BeginAsync();
        if (reason.Length == 0)
            return cores;
        cores.Dispose();
        Assert.Skip(reason);
        return cores;
    }

    /// <summary>A file for something else that belongs to cores.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>The core of a process by its number on this machine; null when it left none.</summary>
    public byte[]? Of(int process) => File.Exists(PathOf($"core.{process}")) ? File.ReadAllBytes(PathOf($"core.{process}")) : null;

    /// <summary>How many files with the planted value were left: cores and anything beside them. Another program of this machine may crash meanwhile.</summary>
    public int CountPlanted() => Directory.EnumerateFiles(_folder.FullName).Count(file => Planted.IsIn(File.ReadAllBytes(file)));

    /// <summary>Kills a process as a crash would, and waits until nothing of it is left but its end. The runtime of .NET takes the first signal and dies of the second.</summary>
    public static async Task CrashAsync(int process, string signal)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (IsAlive(process))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience.End, $"Process {process} outlives {signal}.");
            await Tool.RunAsync("/bin/sh", "-c", $"kill -{signal} {process.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    public void Dispose()
    {
        File.WriteAllText(Pattern, _before.Pattern);
        File.WriteAllText(PipeLimit, _before.Limit);
        _folder.Delete(recursive: true);
    }

    // What an earlier test was killed with is not to be put back, but what the kernel begins with.
    private static (string Pattern, string Limit) Before() =>
        File.ReadAllText(Pattern) is var pattern && pattern.Contains(FolderName, StringComparison.Ordinal) ? ("core", "0") : (pattern, File.ReadAllText(PipeLimit));

    // Through a program where that works: it also gets the cores of processes that see other files than this one.
    private async Task<string> BeginAsync()
    {
        var take = PathOf("take");
        Executables.Write(take, $"#!/bin/sh\nexec cat > {_folder.FullName}/core.$1\n");
        foreach (var pattern in (string[])[$"|{take} %P", PathOf("core.%P")])
        {
            try
            {
                // With a limit the kernel waits for the program before the process is gone.
                await File.WriteAllTextAsync(PipeLimit, "64");
                await File.WriteAllTextAsync(Pattern, pattern);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return $"The kernel cannot be told here where to put cores: {e.Message}";
            }

            if (await LeavesCoreAsync())
                return "";
        }

        return "No core arrives here, also of a process that leaves one.";
    }

    private async Task<bool> LeavesCoreAsync()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "ulimit -c unlimited; echo ready; exec sleep 1000"]) { RedirectStandardOutput = true };
        start.Environment["PLANTED"] = Planted.Value;
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadLineAsync();
        await CrashAsync(process.Id, "SEGV");
        await process.WaitForExitAsync();
        return Of(process.Id) is { } core && Planted.IsIn(core);
    }

    // What is left is a line in the table of processes, until its parent has asked for it.
    private static bool IsAlive(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
