using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Tests.Run;

/// <summary>An older copy of the keep's folder and the vault, which agree with each other, is put back between runs.</summary>
public sealed partial class SecretRunTests
{
    private const string OneContext =
        """
        version: 2.1
        jobs:
          deploy: {machine: {image: "ubuntu-2404:current"}, steps: [run: 'echo "has [$TOKEN]"']}
        workflows: {main: {jobs: [{deploy: {context: release}}]}}
        """;

    [Theory]
    [Rule("INC-9")]
    [InlineData("keep.head")]
    [InlineData("runs")]
    public async Task Are_denied_when_an_older_copy_of_the_keep_was_put_back(string witness)
    {
        using var trial = (await PipelineTrial.With(OneContext)).Committed();
        await using (var keep = await TrialKeep.OpenAsync(trial))
        {
            var context = await keep.ContextAsync("release", ("TOKEN", Token));
            Assert.Contains("| has [****]", (await trial.Run()).Out, StringComparison.Ordinal);
            CopyKeep(trial.Home, Path.Combine(trial.Home, "copy"));
            await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = context, AddProject = "gh/acme/other" } });
        }

        Assert.Contains("context_project", (await trial.Run()).Out, StringComparison.Ordinal);
        CopyKeep(Path.Combine(trial.Home, "copy"), trial.Home);
        if (witness == "runs")
            File.Delete(Path.Combine(trial.Home, "keep.head"));
        var before = await File.ReadAllBytesAsync(Path.Combine(trial.Home, "keep", "ledger"), TestContext.Current.CancellationToken);
        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.DoesNotContain("| has", result.Out, StringComparison.Ordinal);
        Assert.Contains(witness == "runs" ? "By the record of a run the ledger has had the entry" : $"By {trial.Home}/keep.head the ledger has had the entry", result.Out, StringComparison.Ordinal);
        Assert.Contains("an older copy of the keep was put back", result.Out, StringComparison.Ordinal);
        Assert.Contains("'ringfence ledger accept' goes on from it", result.Out, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(trial.Home, "keep", "ledger"), TestContext.Current.CancellationToken));
        Assert.Equal((int)ExitCode.Tampered, (await trial.Commands.Run("ledger", "verify")).Exit);
        Assert.Equal((int)ExitCode.Success, (await trial.Run("--no-secrets")).Exit);

        // A person who did that on purpose says so, and what runs before remember is settled with it.
        (await trial.Commands.Run("ledger", "accept")).AssertRefused("error[RF9404]");
        var accepted = await trial.Commands.Run("ledger", "accept", "--yes");
        Assert.True(accepted.Exit == 0, accepted.Transcript);
        Assert.Contains("| has [****]", (await trial.Run()).Out, StringComparison.Ordinal);
        var verified = await trial.Commands.Run("ledger", "verify");
        Assert.True(verified.Exit == 0, verified.Transcript);
        Assert.Contains("there is nothing to accept", (await trial.Commands.Run("ledger", "accept")).Error, StringComparison.Ordinal);
        Assert.Contains("older-accepted", (await trial.Commands.Run("ledger", "show")).Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("INC-9")]
    public async Task Are_denied_when_the_keep_has_gone_as_a_whole()
    {
        using var trial = (await PipelineTrial.With("version: 2.1\njobs:\n  build: {machine: true, steps: [run: 'echo \"has [$TOKEN]\"']}\nworkflows: {main: {jobs: [build]}}\n")).Committed();
        await using (var keep = await TrialKeep.OpenAsync(trial))
            await keep.ProjectAsync(await trial.ProjectAsync(), ("TOKEN", Token));
        Directory.Delete(Path.Combine(trial.Home, "keep"), recursive: true);
        Directory.Delete(Path.Combine(trial.Home, "vault"), recursive: true);

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("The keep has gone, with all that it kept in ", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| has", result.Out, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Unavailable, (await trial.Commands.Run("context", "create", "release")).Exit);

        // On purpose, after all.
        File.Delete(Path.Combine(trial.Home, "keep.head"));
        Assert.Contains("| has []", (await trial.Run()).Out, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Success, (await trial.Commands.Run("context", "create", "release")).Exit);
    }

    private static void CopyKeep(string from, string to)
    {
        foreach (var name in (string[])["keep", "vault"])
        {
            if (Directory.Exists(Path.Combine(to, name)))
                Directory.Delete(Path.Combine(to, name), recursive: true);
            Directory.CreateDirectory(Path.Combine(to, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(from, name)))
                File.Copy(file, Path.Combine(to, name, Path.GetFileName(file)));
        }
    }
}
