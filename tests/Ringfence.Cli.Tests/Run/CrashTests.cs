using System.Diagnostics;
using System.Globalization;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Crashes each process that holds secrets, for real and where cores are collected, and looks for what it left.</summary>
[Rule("INC-15", "INC-16", "MSK-8")]
[Collection(TestEngine.Alone)]
public sealed class CrashTests
{
    private const string Fence = "machine: {image: \"ubuntu-2404:current\"}";
    private const string Container = "docker: [{image: ringfence-test/debian}]";

    // Milliseconds. What collects cores is a setting of the whole machine, and has to be put back.
    private const int Longest = 600_000;

    [Theory(Timeout = Longest)]
    [InlineData("keep", "SEGV", Fence)]
    [InlineData("keep", "ABRT", Fence)]
    [InlineData("runner", "SEGV", Fence)]
    [InlineData("runner", "ABRT", Fence)]
    [InlineData("agent", "SEGV", Fence)]
    [InlineData("agent", "SEGV", Container)]
    public async Task A_process_that_holds_secrets_leaves_no_core(string which, string signal, string place)
    {
        var cancel = TestContext.Current.CancellationToken;
        if (place == Container)
            await TestEngine.RequireAsync();
        var sleep = $"sleep {Random()}";
        using var trial = await WithAsync(place, $"echo waits; exec {sleep}");
        using var cores = await CoreFiles.CollectAsync();
        var controls = cores.CountPlanted();
        Assert.True(controls > 0);
        using var run = Start(trial, cores, "run", "--plain");
        try
        {
            await UntilAsync(run, "| waits", cancel);
            var step = await OfWordsAsync(sleep, cancel);
            var process = which switch
            {
                "keep" => Children(run.Id).Single(child => CommandLine(child).Contains(" keep serve ", StringComparison.Ordinal)),
                "agent" => Parents(step).First(parent => CommandLine(parent).Contains("ringfence-agent", StringComparison.Ordinal) && !CommandLine(parent).Contains("bwrap", StringComparison.Ordinal)),
                _ => run.Id,
            };

            // The keep has let go of it by now, and the agent wipes what it has handed to the step.
            Assert.True(which is not "runner" || ProcessMemory.Holds(process, Planted.Value), "The process does not hold the value, so that there is nothing to leave.");

            if (which is "agent")
                ProcessMemory.Break(process);
            await CoreFiles.CrashAsync(process, signal);

            Assert.Null(cores.Of(process));
            Assert.Equal(controls, cores.CountPlanted());
            if (which is "agent")
                await EndAsync(run, cancel);
        }
        finally
        {
            if (!run.HasExited)
                run.Kill();
        }
    }

    [Theory(Timeout = Longest)]
    [InlineData("SEGV")]
    [InlineData("ABRT")]
    public async Task A_command_that_takes_a_value_leaves_no_core(string signal)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var trial = await WithAsync(Fence, "true");
        using var cores = await CoreFiles.CollectAsync();
        var controls = cores.CountPlanted();
        using var set = Start(trial, cores, "secret", "set", "PLANTED", "--context", "release");
        await set.StandardInput.WriteAsync(Planted.Value);
        await set.StandardInput.FlushAsync(cancel);
        while (!ProcessMemory.Holds(set.Id, Planted.Value))
        {
            Assert.False(set.HasExited);
            cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await CoreFiles.CrashAsync(set.Id, signal);

        Assert.Null(cores.Of(set.Id));
        Assert.Equal(controls, cores.CountPlanted());
    }

    [Theory(Timeout = Longest)]
    [InlineData(Fence)]
    [InlineData(Container)]
    public async Task A_step_that_crashes_leaves_a_core_only_where_it_asks_for_one(string place)
    {
        var cancel = TestContext.Current.CancellationToken;
        if (place == Container)
            await TestEngine.RequireAsync();
        using var trial = await WithAsync(place, "bash -c 'kill -SEGV $$' || echo crashed");
        using var cores = await CoreFiles.CollectAsync();
        var controls = cores.CountPlanted();
        using (var run = Start(trial, cores, "run", "--plain"))
        {
            await UntilAsync(run, "| crashed", cancel);
            await EndAsync(run, cancel);
        }

        Assert.Equal(controls, cores.CountPlanted());
        trial.Commands.WithFile(".circleci/config.yml", Config(place, "ulimit -c unlimited; bash -c 'kill -SEGV $$' || echo crashed"));
        using (var run = Start(trial, cores, "run", "--plain"))
        {
            await UntilAsync(run, "| crashed", cancel);
            await EndAsync(run, cancel);
        }

        // It reaches out of the sandbox, so that the test above can fail.
        Assert.Equal(controls + 1, cores.CountPlanted());
    }

    private static async Task<PipelineTrial> WithAsync(string place, string command)
    {
        var trial = (await PipelineTrial.With(Config(place, command))).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("PLANTED", Planted.Value));
        return trial;
    }

    private static string Config(string place, string command) =>
        $$$"""
        version: 2.1
        jobs:
          deploy:
            {{{place}}}
            steps:
              - run: {name: crash, command: "{{{command}}}"}
        workflows: {main: {jobs: [{deploy: {context: release}}]}}
        """;

    private static Process Start(PipelineTrial trial, CoreFiles cores, params string[] command)
    {
        var start = trial.Program(["/bin/bash", "-c", "ulimit -c unlimited; exec \"$@\"", "-"], command);

        // The runtime can write dumps of its own, if it is told so by whoever starts it; the keep is not.
        start.Environment["DOTNET_DbgMiniDumpName"] = cores.PathOf("dump.%p");
        return Process.Start(start)!;
    }

    private static async Task UntilAsync(Process run, string words, CancellationToken cancel)
    {
        var seen = new List<string>();
        while (await run.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            seen.Add(line);
            if (line.EndsWith(words, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"The run ended before '{words}':\n{string.Join('\n', seen)}");
    }

    // Without its agent a run ends by itself and tidies up.
    private static async Task EndAsync(Process run, CancellationToken cancel)
    {
        while (await run.StandardOutput.ReadLineAsync(cancel) is not null)
        {
        }

        await run.WaitForExitAsync(cancel);
    }

    private static string Random() => string.Create(CultureInfo.InvariantCulture, $"{System.Security.Cryptography.RandomNumberGenerator.GetInt32(10_000_000, 99_999_999)}");

    private static async Task<int> OfWordsAsync(string words, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (All().Where(process => CommandLine(process).Trim() == words).ToList() is [var found, ..])
                return found;
            await Task.Yield();
        }
    }

    private static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0);

    private static IEnumerable<int> Children(int process) => All().Where(other => ParentOf(other) == process);

    private static IEnumerable<int> Parents(int process)
    {
        for (var parent = ParentOf(process); parent > 1; parent = ParentOf(parent))
            yield return parent;
    }

    private static int ParentOf(int process) => Read(process, "stat") is { Length: > 0 } text ? int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    private static string CommandLine(int process) => Read(process, "cmdline").Replace('\0', ' ');

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
