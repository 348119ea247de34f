using System.Text.Json;
using Ringfence.Keep.Ledgers;

namespace Ringfence.Cli.Tests.Secrets;

[Rule("SSH-23", "FORK-2")]
public sealed class AllowCommandTests : IDisposable
{
    private readonly SecretTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Fact]
    public async Task Allows_SSH_for_a_context_after_asking_and_shows_it()
    {
        await _trial.MustAsync("context", "create", "release");
        const string Opens = "Jobs with SSH get the secrets of the context 'release' then, where nothing masks them";
        (await _trial.DoAsync("", "context", "allow", "release", "--ssh")).AssertRefused($"error[RF9404]: {Opens}");
        (await _trial.Press('n').DoAsync("", "context", "allow", "release", "--ssh")).AssertRefused("Nothing was changed.");
        Assert.DoesNotContain("also with SSH", (await _trial.MustAsync("context", "list")).Out, StringComparison.Ordinal);

        Assert.Contains("Jobs with SSH get the secrets of the context 'release' from now on.", (await _trial.Press('y').MustAsync("context", "allow", "release", "--ssh")).Error, StringComparison.Ordinal);

        Assert.Contains("all members; also with SSH", (await _trial.NoTerminal().MustAsync("context", "list")).Out, StringComparison.Ordinal);
        Assert.Contains("\nJobs with SSH get its secrets too.\n", (await _trial.MustAsync("context", "show", "release")).Out, StringComparison.Ordinal);
        using (var json = JsonDocument.Parse((await _trial.MustAsync("context", "show", "release", "--format", "json")).Out))
            Assert.True(json.RootElement.GetProperty("allows_ssh").GetBoolean());
        Assert.Equal("Jobs with SSH get the secrets of the context 'release' from now on. (opens)", LastChange().Text);
        (await _trial.DoAsync("", "context", "allow", "release", "--ssh", "--yes")).AssertRefused("That is how it is already");

        await _trial.MustAsync("context", "forbid", "release", "--ssh");
        Assert.Equal("No jobs with SSH get the secrets of the context 'release' any more.", LastChange().Text);
        Assert.False(_trial.Context("release").AllowsSsh);
    }

    [Fact]
    public async Task Allows_forks_for_a_project_and_shows_it()
    {
        await _trial.MustAsync("context", "create", "release");
        (await _trial.DoAsync("", "project", "allow", "--forks")).AssertRefused("whoever can open a pull request can take them");

        await _trial.MustAsync("project", "allow", "--forks", "--yes");
        await _trial.MustAsync("project", "allow", "gh/acme/app", "--ssh", "--yes");

        Assert.Contains("also with SSH; also forks", (await _trial.MustAsync("project", "list")).Out, StringComparison.Ordinal);
        var show = (await _trial.MustAsync("project", "show")).Out;
        Assert.Contains("Jobs with SSH get its secrets too.", show, StringComparison.Ordinal);
        Assert.Contains("Jobs with the code of forks get secrets too, also of contexts.", show, StringComparison.Ordinal);
        Assert.Equal(2, _trial.Entries().Count(e => e.Kind == LedgerKind.PolicyChanged && e.OwnerName == "gh/acme/app" && e.By == "tester" && e.Text.EndsWith("(opens)", StringComparison.Ordinal)));

        await _trial.MustAsync("project", "forbid", "--forks");
        Assert.Equal((true, false), (_trial.Project().AllowsSsh, _trial.Project().AllowsForks));
    }

    [Theory]
    [InlineData("Say which: --ssh.", "context", "allow", "release")]
    [InlineData("--forks", "context", "allow", "release", "--forks")]
    [InlineData("Say one: --ssh or --forks.", "project", "allow")]
    [InlineData("Say one: --ssh or --forks.", "project", "forbid", "--ssh", "--forks")]
    [InlineData("That is how it is already", "project", "forbid", "--ssh")]
    [InlineData("There is no context 'nope'", "context", "allow", "nope", "--ssh", "--yes")]
    public async Task Refuses_what_cannot_be(string says, params string[] arguments)
    {
        await _trial.MustAsync("context", "create", "release");

        (await _trial.DoAsync("", arguments)).AssertRefused(says);

        Assert.DoesNotContain(_trial.Entries(), e => e.Kind == LedgerKind.PolicyChanged);
    }

    private LedgerEntry LastChange() => _trial.Entries().Last(e => e.Kind == LedgerKind.PolicyChanged);
}
