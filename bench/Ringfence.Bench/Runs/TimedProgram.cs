using System.Diagnostics;

namespace Ringfence.Bench.Runs;

/// <summary>Runs a program to its end and says how long it took; the quickest of several runs counts.</summary>
internal sealed class TimedProgram(string folder, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>The quickest of some runs, and what the last one printed.</summary>
    public (TimeSpan Time, string Printed) Best(int runs, string program, params string[] arguments)
    {
        var (best, printed) = (TimeSpan.MaxValue, "");
        for (var i = 0; i < runs; i++)
        {
            var (time, said) = Once(program, arguments);
            (best, printed) = (time < best ? time : best, said);
        }

        return (best, printed);
    }

    private (TimeSpan Time, string Printed) Once(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var time = clock.Elapsed;
        return process.ExitCode == 0 ? (time, printed) : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}{printed[^Math.Min(2000, printed.Length)..]}");
    }
}
