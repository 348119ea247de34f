using System.Globalization;

namespace Ringfence.Cli.Tests.Run;

/// <summary>What goes wrong in a run, provoked for real: what is said, how it ends, and that nothing stays behind. docs/faults.md is made from these.</summary>
[Collection(TestEngine.Alone)]
public sealed class FaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_engine()
    {
        using var trial = await PipelineTrial.With(Container("ringfence-test/busybox", "echo never"));
        trial.Commands.WithVariable("DOCKER_HOST", "unix:///nowhere/docker.sock");

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.Unavailable, result.Exit);
        Assert.Contains("error[RF9302]: The job build runs in a container. No container engine answers at unix:///nowhere/docker.sock.", result.Error, StringComparison.Ordinal);
        Assert.Contains("--sandbox process", result.Error, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    public async Task No_fence()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo never"));
        trial.Commands.WithVariable("PATH", "/nowhere");

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.Unavailable, result.Exit);
        Assert.Contains("bubblewrap is not installed", result.Error, StringComparison.Ordinal);
        Assert.Contains("apt-get install bubblewrap", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_agent_and_no_home()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo never"));
        trial.Commands.WithVariable("RINGFENCE_AGENT", "/nowhere");
        var agent = await trial.Run();
        trial.Commands.WithVariable("RINGFENCE_HOME", "").WithVariable("HOME", "");
        var home = await trial.Run();

        Assert.Equal((int)ExitCode.Unavailable, agent.Exit);
        Assert.Contains("error[RF9304]: There is no agent in /nowhere.", agent.Error, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.InvalidInput, home.Exit);
        Assert.Contains("error[RF9201]: ", home.Error, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    [Rule("EX-9.7")]
    public async Task Image_not_found()
    {
        await TestEngine.RequireAsync();
        using var trial = await PipelineTrial.With(Container("localhost:1/no/such:image", "echo never"));

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("localhost:1/no/such:image", result.Out, StringComparison.Ordinal);
        Assert.Contains("step 1 \"Spin up environment\"", result.Out, StringComparison.Ordinal);
        await AssertNothingIsLeft(trial);
    }

    [Fact]
    public async Task No_shell_in_the_image()
    {
        await TestEngine.RequireAsync();
        using var trial = await PipelineTrial.With(Container("ringfence-test/busybox", "echo never", "shell: /bin/zsh -e"));

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("/bin/zsh", result.Out, StringComparison.Ordinal);
        Assert.Contains("main/build: failed", result.Out, StringComparison.Ordinal);
        await AssertNothingIsLeft(trial);
    }

    [Fact]
    [Rule("EX-3.5")]
    public async Task Container_killed_in_the_middle_of_a_job()
    {
        await TestEngine.RequireAsync();
        using var trial = await PipelineTrial.With(Container("ringfence-test/busybox", "echo begun; tail -f /dev/null"));
        var killing = Task.FromResult((Code: -1, Printed: "The job did not begin."));
        trial.Commands.OnOutput = text =>
        {
            if (text.Trim().EndsWith("| begun", StringComparison.Ordinal))
                killing = Tool.RunAsync("/bin/sh", "-c", $"docker kill $(docker ps -q --filter label=ringfence.run={trial.RunIds().Single()})");
        };

        var result = await trial.Run();

        var (killed, printed) = await killing;
        Assert.True(killed == 0, printed);
        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("main/build: infrastructure_fail", result.Out, StringComparison.Ordinal);
        await AssertNothingIsLeft(trial);
    }

    [Fact]
    [Rule("EX-6.21", "EX-2.5")]
    public async Task Ctrl_C_once()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("trap 'echo kindly; exit 0' TERM\necho begun\nwhile :; do :; done"));
        trial.InterruptAt("| begun");

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.Canceled, result.Exit);
        Assert.Contains("Canceling; once more to end everything at once.", result.Out, StringComparison.Ordinal);
        Assert.Contains("| kindly", result.Out, StringComparison.Ordinal);
        Assert.Contains("main: workflow canceled", result.Out, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    public async Task Ctrl_C_twice_and_a_step_that_ignores_SIGTERM()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("trap '' TERM INT\necho begun\nwhile :; do :; done"));
        trial.InterruptAt("| begun", "once more to end everything at once.");

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.Canceled, result.Exit);
        Assert.Contains("Ending everything at once.", result.Out, StringComparison.Ordinal);
        Assert.Contains("main/build: canceled", result.Out, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    public async Task A_step_that_ignores_SIGTERM()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("trap '' TERM\necho begun\nwhile :; do :; done"));
        trial.InterruptAt("| begun");

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.Canceled, result.Exit);
        Assert.Contains("main/build: canceled", result.Out, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    [Rule("EX-6.17")]
    public async Task One_gigabyte_without_a_newline()
    {
        const long Memory = 400L * 1024 * 1024;
        using var trial = await PipelineTrial.With(RunTests.Simple("head -c 1073741824 /dev/zero | tr '\\0' x"));
        using var program = trial.StartProgram("run", "--plain");
        var (buffer, printed, peak) = (new char[1024 * 1024], 0L, 0L);
        while (await program.StandardOutput.ReadAsync(buffer, Cancel) is > 0 and var count)
        {
            printed += count;
            program.Refresh();
            peak = Math.Max(peak, program.HasExited ? 0 : program.PeakWorkingSet64);
        }

        await program.WaitForExitAsync(Cancel);

        Assert.Equal(0, program.ExitCode);
        var log = Directory.EnumerateFiles(trial.Home, "03-*.log", SearchOption.AllDirectories).Single();
        Assert.InRange(new FileInfo(log).Length, 1073741824, 1073741824 + 1000);
        Assert.True(printed > 1073741824);
        Assert.InRange(peak, 1, Memory);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    public async Task A_cache_path_outside_of_what_the_job_may_write()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              save: {machine: true, steps: [save_cache: {key: k, paths: [/etc/hostname, ../../../etc/passwd]}]}
              restore: {machine: true, steps: [restore_cache: {key: k}, run: echo after]}
            workflows: {main: {jobs: [save, restore: {requires: [save]}]}}
            """);

        var result = await trial.Run();

        // The files are of the sandbox, and go back only where the job may write.
        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("main/restore: failed", result.Out, StringComparison.Ordinal);
        Assert.Contains("/etc/", result.Out, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    public async Task A_file_whose_name_is_not_UTF_8()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("mkdir \"$(printf 'd\\351')\"\ntouch \"$(printf 'd\\351/caf\\351')\""));

        var result = await trial.Run();

        Assert.Equal(("", 0), (result.Error, result.Exit));
        Assert.Contains("main/build: success", result.Out, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    public async Task Full_disk()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can mount a small disk.");
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              build: {machine: true, steps: [run: head -c 50000000 /dev/urandom > big, save_cache: {key: big, paths: [big]}]}
            workflows: {main: {jobs: [build]}}
            """);
        var disk = Path.Combine(trial.Home, "disk");
        Directory.CreateDirectory(disk);
        var (mounted, why) = await Tool.RunAsync("mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", disk);
        Assert.SkipUnless(mounted == 0, $"No small disk can be mounted: {why}");
        try
        {
            trial.Commands.WithVariable("RINGFENCE_HOME", disk);
            var result = await trial.Run();

            Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
            Assert.Contains("is full: free some space", result.Out, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(disk, "sandboxes")));
            Assert.Equal(0, (await trial.Commands.Run("cache", "prune")).Exit);
        }
        finally
        {
            await Tool.RunAsync("umount", disk);
        }
    }

    [Theory]
    [Rule("EX-10.6", "EX-11.5")]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Test_timings_that_cannot_be_kept_are_a_warning_and_the_run_goes_on(int nodes)
    {
        using var trial = await PipelineTrial.With(
            $$$"""
            version: 2.1
            jobs:
              tests:
                machine: true
                parallelism: {{{nodes}}}
                steps:
                  - run: mkdir r; echo '<testsuite><testcase name="one" file="a.js" time="1"/></testsuite>' > r/x.xml
                  - store_test_results: {path: r}
              after: {machine: true, steps: [run: echo after]}
            workflows: {main: {jobs: [tests, after: {requires: [tests]}]}}
            """);
        var stores = Directory.CreateDirectory(new Ringfence.Cli.Local.LocalState(trial.Home).Stores).FullName;
        await File.WriteAllTextAsync(Path.Combine(stores, "timings"), "no folder", Cancel);

        var result = await trial.Run("-j", "3");

        Assert.Equal(0, result.Exit);
        Assert.Contains("How long the tests of tests took is not kept; where it is missing, the next split by timings is by name. Cannot write to ", result.Out, StringComparison.Ordinal);
        Assert.Contains("main/after: success", result.Out, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
        await HostProcesses.NoneAsync(trial.Home);
    }

    [Fact]
    public async Task A_record_of_a_run_that_cannot_be_kept_is_a_warning()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo begun"));
        trial.Commands.OnOutput = text =>
        {
            if (text.Trim().EndsWith("| begun", StringComparison.Ordinal))
                Directory.CreateDirectory(Directory.EnumerateFiles(trial.Home, Cli.Run.RunRecord.FileName, SearchOption.AllDirectories).Single() + ".tmp");
        };

        var result = await trial.Run();

        Assert.Equal(0, result.Exit);
        Assert.Contains("How this run ended is not kept, so that 'ringfence rerun' does not know it.", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_in_the_middle_the_next_run_cleans_up()
    {
        await TestEngine.RequireAsync();
        await TestFence.RequireNetworkAsync();
        using var trial = await PipelineTrial.With(Container("ringfence-test/busybox", "echo begun; tail -f /dev/null", more: "other: {machine: true, steps: [run: echo machine; tail -f /dev/null]}", jobs: "build, other"));
        using (var program = trial.StartProgram("run", "--plain", "-j", "2"))
        {
            var seen = "";
            while (!(seen.Contains("| begun\n", StringComparison.Ordinal) && seen.Contains("| machine\n", StringComparison.Ordinal)) && await program.StandardOutput.ReadLineAsync(Cancel) is { } line)
                seen += line + "\n";
            var wayOut = string.Create(CultureInfo.InvariantCulture, $"/proc/{program.Id}/fd/");
            Assert.True(HostProcesses.Any(wayOut));
            await Tool.RunAsync("kill", "-KILL", program.Id.ToString(CultureInfo.InvariantCulture));
            await program.WaitForExitAsync(Cancel);
            await HostProcesses.NoneAsync(wayOut);
        }

        Assert.NotEmpty(trial.Leftovers());
        trial.Commands.WithFile(".circleci/config.yml", Container("ringfence-test/busybox", "echo fine"));
        var result = await trial.Run();

        Assert.Equal(0, result.Exit);
        Assert.Contains("Removed what a killed run left behind: container", result.Out, StringComparison.Ordinal);
        Assert.Contains("Removed what a killed run left behind: folder of the run", result.Out, StringComparison.Ordinal);
        await AssertNothingIsLeft(trial);
        await HostProcesses.NoneAsync(trial.Home);
    }

    [Fact]
    public async Task Killed_in_the_middle_a_run_without_containers_removes_those_that_are_left()
    {
        await TestEngine.RequireAsync();
        using var trial = await PipelineTrial.With(Container("ringfence-test/busybox", "echo begun; tail -f /dev/null"));
        using (var program = trial.StartProgram("run", "--plain"))
        {
            while (await program.StandardOutput.ReadLineAsync(Cancel) is { } line && !line.EndsWith("| begun", StringComparison.Ordinal))
            {
            }

            await Tool.RunAsync("kill", "-KILL", program.Id.ToString(CultureInfo.InvariantCulture));
            await program.WaitForExitAsync(Cancel);
        }

        trial.Commands.WithFile(".circleci/config.yml", RunTests.Simple("echo fine"));
        Assert.Contains("of killed runs: container ringfence-", (await trial.Commands.Run("doctor")).Out, StringComparison.Ordinal);

        // The engine is the one of the run that was killed, whatever this one would take.
        trial.Commands.WithVariable("DOCKER_HOST", "unix:///nowhere/docker.sock");
        var result = await trial.Run();

        Assert.Equal(0, result.Exit);
        Assert.Contains("Removed what a killed run left behind: container ringfence-", result.Out, StringComparison.Ordinal);
        Assert.Contains("Removed what a killed run left behind: folder of the run", result.Out, StringComparison.Ordinal);
        await AssertNothingIsLeft(trial);
    }

    [Fact]
    public async Task SIGINT_to_the_program_itself()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo begun; tail -f /dev/null"));
        using var program = trial.StartProgram("run", "--plain");
        string? line;
        while ((line = await program.StandardOutput.ReadLineAsync(Cancel)) is not null && !line.EndsWith("| begun", StringComparison.Ordinal))
        {
        }

        await Tool.RunAsync("kill", "-INT", program.Id.ToString(CultureInfo.InvariantCulture));
        var rest = await program.StandardOutput.ReadToEndAsync(Cancel);
        await program.WaitForExitAsync(Cancel);

        Assert.Equal((int)ExitCode.Canceled, program.ExitCode);
        Assert.Contains("Canceled after", rest, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
        await HostProcesses.NoneAsync(trial.Home);
    }

    private static async Task AssertNothingIsLeft(PipelineTrial trial)
    {
        Assert.Empty(trial.Leftovers());
        Assert.NotEmpty(trial.RunIds());
        foreach (var run in trial.RunIds())
            Assert.Empty(await EngineTraces.OfRunAsync(run));
    }

    private static string Container(string image, string command, string keys = "", string more = "", string jobs = "build") =>
        $"version: 2.1\njobs:\n  build:\n    docker: [image: \"{image}\"]\n    {keys}\n    steps:\n      - run: {{name: Work, command: \"{command}\"}}\n  {more}\nworkflows: {{main: {{jobs: [{jobs}]}}}}\n";
}
