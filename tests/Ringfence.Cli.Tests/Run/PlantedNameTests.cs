using System.Text;
using System.Text.RegularExpressions;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Plants a secret in everything that a job may call as it likes, and searches names and contents of all that the run leaves.</summary>
[Rule("MSK-7")]
public sealed class PlantedNameTests
{
    // The two halves make the value only where they are put together.
    private static readonly string Half = Planted.Value[..Planted.Value.IndexOf('/', StringComparison.Ordinal)];
    private static readonly string OtherHalf = Planted.Value[(Half.Length + 1)..];

    private static readonly string[] Exits =
    [
        "store_artifacts: {path: plain, destination: VALUE/file}",
        "store_artifacts: {path: plain/file, destination: VALUE}",
        "store_artifacts: {path: half, destination: HALF}",
        "store_artifacts: {path: whole}",
        "save_cache: {key: v1, paths: [whole], when: always}",
        "save_cache: {key: v1-VALUE, paths: [plain], when: always}",
        "restore_cache: {key: v1-VALUE, when: always}",
        "persist_to_workspace: {root: ., paths: [whole], when: always}",
        "store_test_results: {path: named}",
        "store_test_results: {path: parted}",
        "store_test_results: {path: whole}",
    ];

    [Fact]
    public async Task Is_found_nowhere_but_where_the_gate_was_told_to_let_it_pass()
    {
        using var trial = (await PipelineTrial.With(Config(Exits))).Committed();
        await PlantAsync(trial);

        var refused = await trial.Run();
        var leftByRefused = Left(trial);
        var warned = await trial.Run("--gate", "warn");

        Assert.False(Planted.IsIn(Encoding.UTF8.GetBytes(refused.Out + refused.Error + warned.Out + warned.Error)));
        Assert.Empty(leftByRefused);
        Assert.DoesNotContain(Left(trial), file => !file.Contains("/artifacts/", StringComparison.Ordinal) && !file.StartsWith("stores/", StringComparison.Ordinal));
        Assert.Equal(Exits.Length, Regex.Count(refused.Out, @"\| Refused: the value of PLANTED"));
    }

    [Fact]
    public async Task Is_masked_in_the_events_that_programs_read()
    {
        using var trial = (await PipelineTrial.With(Config("store_artifacts: {path: half, destination: HALF}"))).Committed();
        await PlantAsync(trial);

        var result = await trial.Commands.Run("run", "--format", "json", "--gate", "warn");

        Assert.False(Planted.IsIn(Encoding.UTF8.GetBytes(result.Out + result.Error)), result.Out);
        Assert.Contains("\"artifacts\":[\"****/file\"]", result.Out, StringComparison.Ordinal);
    }

    private static string Config(params string[] steps) =>
        $$$"""
        version: 2.1
        jobs:
          careless:
            machine: {image: "ubuntu-2404:current"}
            steps:
              - run: {name: "use $PLANTED in {{{Planted.Value}}}", command: 'echo "${#PLANTED}"'}
              - run: |
                  mkdir -p plain named parted "half/{{{OtherHalf}}}" "whole/$PLANTED"
                  echo x > plain/file; echo x > "half/{{{OtherHalf}}}/file"; echo x > "whole/$PLANTED/file"; echo "<testsuite/>" > "whole/$PLANTED/a.xml"
                  echo "<testsuite><testcase name='$PLANTED'><failure/></testcase></testsuite>" > named/a.xml
                  gap=$(head -c 300 /dev/zero | tr '\0' '\1')
                  echo "<testsuite><testcase name='{{{Half}}}$gap/{{{OtherHalf}}}'><failure>{{{Half}}}<!-- $(head -c 300 /dev/zero | tr '\0' x) -->/{{{OtherHalf}}}</failure></testcase></testsuite>" > parted/a.xml
        """ + "\n" + string.Concat(steps.Select(step => $"      - {step.Replace("VALUE", Planted.Value, StringComparison.Ordinal).Replace("HALF", Half, StringComparison.Ordinal)}\n"))
        + "workflows: {main: {jobs: [{careless: {context: release}}]}}\n";

    private static async Task PlantAsync(PipelineTrial trial)
    {
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("PLANTED", Planted.Value));
    }

    /// <summary>The files that hold the value, or have it in their path.</summary>
    private static List<string> Left(PipelineTrial trial) =>
    [
        .. Directory.EnumerateFileSystemEntries(trial.Home, "*", SearchOption.AllDirectories)
            .Where(path => Planted.IsIn(Encoding.UTF8.GetBytes(path)) || (File.Exists(path) && Planted.IsIn(File.ReadAllBytes(path))))
            .Select(path => Path.GetRelativePath(trial.Home, path)),
    ];
}
