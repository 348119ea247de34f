using System.Text;
using Ringfence.Gate;
using Ringfence.Gate.Archives;
using Ringfence.Primitives;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Plants secrets, runs a job that is as careless as jobs are, and searches everything the run leaves for them in every form. What crashes leave is for <see cref="CrashTests"/>.</summary>
[Rule("INC-16", "MSK-5", "MSK-8")]
[Collection(TestEngine.Alone)]
public sealed class PlantedSecretTests
{
    private const string Marker = "now look around";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Are_found_nowhere_after_a_run_behind_a_fence(bool gateIsOff) => await SearchAsync("machine: {image: \"ubuntu-2404:current\"}", gateIsOff, inContainer: false);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Are_found_nowhere_after_a_run_in_a_container(bool gateIsOff)
    {
        await TestEngine.RequireAsync();
        await SearchAsync("docker: [{image: ringfence-test/debian}]", gateIsOff, inContainer: true);
    }

    private static async Task SearchAsync(string place, bool gateIsOff, bool inContainer)
    {
        using var trial = (await PipelineTrial.With(
            $$$"""
            version: 2.1
            jobs:
              careless:
                {{{place}}}
                steps:
                  - run: |
                      echo "plain $PLANTED"; env | sort; set -x; : "$PLANTED"; set +x
                      printf %s "$PLANTED" | base64; echo "$PLANTED" | base64; printf 'user:%s' "$PLANTED" | base64
                      printf %s "$PLANTED" | od -An -tx1 | tr -d ' \n'; echo
                  - run: {name: waits, command: "echo {{{Marker}}}; read -t 2 line < /dev/zero || true"}
                  - run: {when: always, command: "mkdir -p out; echo $PLANTED > out/token; env > out/env; gzip -k out/env"}
                  - save_cache: {key: "v1-{{ .Revision }}", paths: [out]}
                  - store_artifacts: {path: out}
            workflows: {main: {jobs: [{careless: {context: release}}]}}
            """)).Committed();
        await using (var keep = await TrialKeep.OpenAsync(trial))
            await keep.ContextAsync("release", ("PLANTED", Planted.Value));
        var seen = new List<string>();
        trial.Commands.OnOutput = text =>
        {
            if (text.TrimEnd().EndsWith("| " + Marker, StringComparison.Ordinal))
                seen.AddRange(InProcesses().Concat(inContainer ? InContainers() : []));
        };

        var result = await trial.Run(gateIsOff ? ["--gate", "off"] : []);

        Assert.Contains("| " + Marker, result.Out, StringComparison.Ordinal);
        Assert.Empty(seen);
        var found = await InFilesAsync(trial.Home);
        if (Planted.IsIn(Encoding.UTF8.GetBytes(result.Out + result.Error)))
            found.Add("output");
        if (gateIsOff)
            Assert.True(found.Count >= 4, $"With the gate off the search has to find secrets in output, logs, cache and artifacts: {string.Join(", ", found)}");
        else
            Assert.Empty(found);
    }

    /// <summary>Every file below a folder, also packed ones, that holds the value in some form.</summary>
    private static async Task<List<string>> InFilesAsync(string folder)
    {
        using var value = new SecretValue(Planted.Value);
        using var matcher = SecretMatcher.Build([new GateSecret("PLANTED", value)]);
        var scan = new GateScan(matcher, ScanLimits.Default);
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await using var content = File.OpenRead(file);
            var report = await scan.ScanAsync(content, file, TestContext.Current.CancellationToken);
            if (!report.Caught.IsEmpty || Planted.IsIn(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)))
                found.Add(Path.GetRelativePath(folder, file));
        }

        return found;
    }

    /// <summary>The command lines of all processes, and the environment of all but those of the step itself.</summary>
    private static IEnumerable<string> InProcesses()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _)))
        {
            var name = Read(Path.Combine(process, "comm"));
            if (Planted.IsIn(Read(Path.Combine(process, "cmdline"))))
                yield return $"command line of {Encoding.UTF8.GetString(name)}";
            if (Encoding.UTF8.GetString(name).Trim() is not ("bash" or "sh") && Planted.IsIn(Read(Path.Combine(process, "environ"))))
                yield return $"environment of {Encoding.UTF8.GetString(name)}";
        }
    }

    private static IEnumerable<string> InContainers()
    {
        foreach (var id in Docker("ps", "-aq").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Planted.IsIn(Encoding.UTF8.GetBytes(Docker("inspect", id))))
                yield return $"configuration of container {id}";
        }
    }

    // Called within the view of the run, which is not asynchronous.
    private static string Docker(params string[] arguments) => Task.Run(() => Tool.RunAsync("docker", arguments)).GetAwaiter().GetResult().Printed;

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
