using Ringfence.Keep.Ledgers;

namespace Ringfence.Cli.Tests.Secrets;

public sealed class ContextCommandTests : IDisposable
{
    private readonly SecretTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Fact]
    [Rule("CTX-2", "CTX-6")]
    public async Task Makes_a_keep_and_a_context_for_all_members()
    {
        var made = await _trial.MustAsync("context", "create", "release");
        Assert.StartsWith("Made a keep in ", made.Error, StringComparison.Ordinal);
        Assert.Contains("The context 'release' was made.", made.Error, StringComparison.Ordinal);

        var list = await _trial.MustAsync("context", "list");
        Assert.Matches("CONTEXT +ORGANIZATION +SECRETS +AGE +MADE BY +FOR\nrelease +gh/acme +0 +[0-9]+s +tester +all members\n", list.Out);
        (await _trial.DoAsync("", "context", "create", "release")).AssertRefused("error[RF9402]: There is a context 'release' in gh/acme already.");
        Assert.Contains("\"name\": \"release\"", (await _trial.MustAsync("context", "list", "--format", "json")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(" a")]
    [InlineData("a\nb")]
    [Rule("CTX-1")]
    public async Task Refuses_names_that_no_context_can_have(string name) =>
        Assert.Equal((int)ExitCode.InvalidInput, (await _trial.DoAsync("", "context", "create", name)).Exit);

    [Fact]
    public async Task Belongs_to_the_organization_of_the_folder_or_the_one_that_is_named()
    {
        await _trial.MustAsync("context", "create", "release", "--org", "gh/other");

        (await _trial.DoAsync("", "context", "show", "release")).AssertRefused("There is one in gh/other: choose with --org.");
        Assert.Contains("There are no contexts in gh/acme", (await _trial.MustAsync("context", "list")).Error, StringComparison.Ordinal);
        Assert.Contains("gh/other", (await _trial.MustAsync("context", "list", "--all")).Out, StringComparison.Ordinal);
        await _trial.MustAsync("context", "show", "release", "--org", "gh/other");
    }

    [Fact]
    public async Task Says_when_there_is_no_keep()
    {
        Assert.Contains("There are no contexts in gh/acme", (await _trial.MustAsync("context", "list")).Error, StringComparison.Ordinal);
        (await _trial.DoAsync("", "context", "show", "release")).AssertRefused("There is no context 'release' in gh/acme.");

        var restrict = await _trial.DoAsync("", "project", "restrict", "--no-project");
        Assert.Equal((int)ExitCode.Unavailable, restrict.Exit);
        Assert.Contains("error[RF9401]: There is no keep on this machine yet", restrict.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_trial.State));
    }

    [Fact]
    [Rule("CTX-30", "CTX-33")]
    public async Task Restricts_and_lifts_restrictions_and_asks_before_it_opens()
    {
        await _trial.MustAsync("context", "create", "release");
        Assert.Equal("The project gh/acme/app may now use the context 'release'.\n", (await _trial.MustAsync("context", "restrict", "release", "--project", "gh/acme/app")).Error);
        await _trial.MustAsync("context", "restrict", "release", "--group", "root");
        await _trial.MustAsync("context", "restrict", "release", "--expression", "pipeline.git.branch == \"main\"");
        Assert.Equal(["project", "group", "expression"], _trial.Context("release").Restrictions.Select(r => r.Kind));

        var show = await _trial.MustAsync("context", "show", "release");
        Assert.Contains("where  project gh/acme/app", System.Text.RegularExpressions.Regex.Replace(show.Out, " {2,}", "  "), StringComparison.Ordinal);
        Assert.Contains("pipeline.git.branch == \"main\"", show.Out, StringComparison.Ordinal);

        var id = _trial.Context("release").Restrictions[0].Id.ToString("D")[..8];
        (await _trial.DoAsync("", "context", "unrestrict", "release", id)).AssertRefused("error[RF9404]: Every project of the organization may use the context 'release'");
        (await _trial.Press('n').DoAsync("", "context", "unrestrict", "release", id)).AssertRefused("Nothing was changed.");
        Assert.Contains("Go on? [y/N]", (await _trial.Press('y').MustAsync("context", "unrestrict", "release", id)).Error, StringComparison.Ordinal);
        await _trial.NoTerminal().MustAsync("context", "restrict", "release", "--all-members", "--yes");
        Assert.Equal(2, _trial.Entries().Count(e => e.Kind == LedgerKind.PolicyChanged && e.Text.EndsWith("(opens)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Say one restriction", "context", "restrict", "release")]
    [InlineData("Say one restriction", "context", "restrict", "release", "--no-project", "--all-members")]
    [InlineData("This machine has no group 'no-such-group'", "context", "restrict", "release", "--group", "no-such-group")]
    [InlineData("1:", "context", "restrict", "release", "--expression", "pipeline.git.branch == 7")]
    [InlineData("That is no name of a project", "context", "restrict", "release", "--project", "app")]
    [InlineData("There is no restriction 'ffffffff'", "context", "unrestrict", "release", "ffffffff")]
    [InlineData("There is no context 'nope'", "context", "delete", "nope")]
    public async Task Refuses_what_cannot_be(string says, params string[] arguments)
    {
        await _trial.MustAsync("context", "create", "release");

        (await _trial.DoAsync("", arguments)).AssertRefused(says);
    }

    [Fact]
    [Rule("CTX-10")]
    public async Task Deletes_a_context_with_its_secrets_after_asking()
    {
        await _trial.MustAsync("context", "create", "release");
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN", "--context", "release");

        (await _trial.DoAsync("", "context", "delete", "release")).AssertRefused("With the context 'release' go its secrets: TOKEN.");
        await _trial.MustAsync("context", "delete", "release", "--yes");

        (await _trial.DoAsync("", "context", "show", "release")).AssertRefused("There is no context");
        Assert.Contains("removed", (await _trial.MustAsync("secret", "list", "--removed")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restricts_the_secrets_of_projects_alike()
    {
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN");
        await _trial.MustAsync("project", "restrict", "--expression", "pipeline.git.branch == \"main\"");
        await _trial.MustAsync("project", "restrict", "gh/acme/app", "--group", "root");

        Assert.Contains("gh/acme/app", (await _trial.MustAsync("project", "list")).Out, StringComparison.Ordinal);
        Assert.Contains("group root", (await _trial.MustAsync("project", "show")).Out, StringComparison.Ordinal);
        var id = _trial.Project().Restrictions.Single(r => r.Kind == "group").Id.ToString("D");
        await _trial.MustAsync("project", "unrestrict", id);
        Assert.Equal(["expression"], _trial.Project().Restrictions.Select(r => r.Kind));
        Assert.Contains("no secrets and no restrictions", (await _trial.MustAsync("project", "show", "gh/acme/none")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_what_was_changed_behind_the_keeps_back()
    {
        await _trial.MustAsync("context", "create", "release");
        var file = Directory.GetFiles(_trial.Keep.VaultPath).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"all_members\"", "\"no_project\"", StringComparison.Ordinal));

        Assert.Contains("warning[RF9410]: release (context:", (await _trial.MustAsync("context", "list")).Error, StringComparison.Ordinal);
        var restrict = await _trial.DoAsync("", "context", "restrict", "release", "--project", "gh/acme/app");
        Assert.Equal((int)ExitCode.Tampered, restrict.Exit);
        Assert.Contains("error[RF9409]", restrict.Error, StringComparison.Ordinal);
    }
}
