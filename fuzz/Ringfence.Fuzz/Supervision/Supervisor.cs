using System.Diagnostics;
using System.Globalization;
using SharpFuzz;
using Ringfence.Fuzz.Targets;

namespace Ringfence.Fuzz.Supervision;

/// <summary>Runs the loop in a process of its own, with the compiler instrumented, and starts it again when an input kills it or it stands still.</summary>
internal sealed class Supervisor(FuzzTarget target, Paths paths, ulong seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs for a time and gives how often the process died or was stopped.</summary>
    public async Task<int> Run(TimeSpan time)
    {
        var program = Instrumented();
        var clock = Stopwatch.StartNew();
        var deaths = 0;
        while (time - clock.Elapsed is { TotalSeconds: > 1 } left)
        {
            using var process = Start(program, left, seed + (ulong)deaths);
            if (await Watch(process))
                break;
            deaths++;
            var file = paths.Save($"dead {deaths} {seed:x}", "The process died or stood still.", InputFile.Read(paths.Current));
            Console.WriteLine($"FOUND a dead process: {file}");
        }

        Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        return deaths;
    }

    /// <summary>A copy of this program in which the compiler counts its branches.</summary>
    private static string Instrumented()
    {
        var folder = Directory.CreateTempSubdirectory("ringfence-fuzz-").FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        Fuzzer.Instrument(Path.Combine(folder, "Ringfence.Config.dll"), _ => true, Options.Value);
        return Path.Combine(folder, "Ringfence.Fuzz.dll");
    }

    private Process Start(string program, TimeSpan time, ulong chance)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet") { WorkingDirectory = paths.Repository };
        foreach (var argument in (string[])[program, "--worker", target.Name, ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture), chance.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x100000000";
        return Process.Start(start) ?? throw new InvalidOperationException("The process does not start.");
    }

    /// <summary>True when the process ends by itself; a process whose input does not change for a while is stopped.</summary>
    private async Task<bool> Watch(Process process)
    {
        while (!process.HasExited)
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await process.WaitForExitAsync(soon.Token);
            }
            catch (OperationCanceledException)
            {
                if (File.Exists(paths.Current) && TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(paths.Current) > Patience)
                    process.Kill();
            }
        }

        return process.ExitCode == 0;
    }
}
