using System.Diagnostics;
using System.Globalization;

namespace Ringfence.Bench;

/// <summary>How long <c>ringfence config process</c> takes as a whole process, beside a program that does nothing.</summary>
internal static class WholeProcess
{
    private const int Runs = 40;

    public static void Print(string binary)
    {
        var folder = Directory.CreateTempSubdirectory("ringfence-bench-");
        try
        {
            var config = Path.Combine(folder.FullName, "config.yml");
            File.WriteAllText(config, ThousandLines.Make().Text);
            Console.WriteLine("\n| process | least, ms | median, ms |\n|---|---:|---:|");
            PrintOne("/bin/true", "/bin/true", [], folder.FullName);
            PrintOne("ringfence --version", binary, ["--version"], folder.FullName);
            PrintOne("ringfence config process, 1,000 lines", binary, ["config", "process", config], folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void PrintOne(string name, string program, string[] arguments, string folder)
    {
        var times = Enumerable.Range(0, Runs).Select(_ => Run(program, arguments, folder)).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[0].TotalMilliseconds:F1} | {times[Runs / 2].TotalMilliseconds:F1} |"));
    }

    private static TimeSpan Run(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? clock.Elapsed : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors}");
    }
}
