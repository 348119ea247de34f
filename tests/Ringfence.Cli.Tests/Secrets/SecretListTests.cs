using System.Text.Json;
using Ringfence.Keep.Ledgers;

namespace Ringfence.Cli.Tests.Secrets;

[Rule("INC-10", "ENV-9")]
public sealed class SecretListTests : IDisposable
{
    private readonly SecretTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Fact]
    public async Task Shows_all_that_is_known_and_no_value()
    {
        await FillAsync();
        var at = DateTimeOffset.UnixEpoch.AddMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await _trial.GrantAsync(at, SecretTrial.Job("publish"), SecretTrial.Released(_trial.Context("release"), "NPM_TOKEN"));
        _trial.Run.Clock = new FakeClock { Now = at.AddDays(20) };

        var list = await _trial.MustAsync("secret", "list");

        Assert.Contains("context release of gh/acme  for all members; project gh/acme/app\n", list.Out, StringComparison.Ordinal);
        Assert.Contains("project gh/acme/app  for all members\n", list.Out, StringComparison.Ordinal);
        Assert.Matches(@"\nNPM_TOKEN +npm token +ann +[0-9]+d +overdue [0-9]+d +1 +20d ago to publish #7 +never\n  same value as COPY in gh/acme/app; fenced: publish/npm publish\n", list.Out);
        Assert.Matches(@"\nCOPY +npm token +=cmd +[0-9]+d +in 70d +1 +never +never\n  same value as NPM_TOKEN in release\n", list.Out);
        Assert.Contains("1 secret ought to have been replaced", list.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("OTHER", list.Out, StringComparison.Ordinal);
        Assert.Contains("OTHER", (await _trial.MustAsync("secret", "list", "--all")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\nCOPY ", (await _trial.MustAsync("secret", "list", "--context", "release")).Out, StringComparison.Ordinal);
        _trial.AssertNowhere(Npm);
    }

    [Fact]
    public async Task Is_there_for_programs()
    {
        await FillAsync();

        using var json = JsonDocument.Parse((await _trial.MustAsync("secret", "list", "--all", "--format", "json")).Out);
        var token = json.RootElement.EnumerateArray().Single(s => s.GetProperty("name").GetString() == "NPM_TOKEN");
        Assert.Equal("context", token.GetProperty("owner_kind").GetString());
        Assert.Equal("ann", token.GetProperty("person").GetString());
        Assert.Equal(24, token.GetProperty("fingerprint").GetString()!.Length);
        Assert.Equal("COPY in gh/acme/app", token.GetProperty("same_as")[0].GetString());

        var csv = (await _trial.MustAsync("secret", "list", "--format", "csv")).Out.Split("\r\n");
        Assert.StartsWith("name,owner,organization,kind,person,", csv[0], StringComparison.Ordinal);
        Assert.Contains(csv, line => line.StartsWith("COPY,project gh/acme/app,gh/acme,npm token,'=cmd,", StringComparison.Ordinal));
        _trial.AssertNowhere(Npm);
    }

    [Fact]
    public async Task Fits_a_hundred_columns_with_names_of_a_usual_length()
    {
        await FillAsync();
        await _trial.PipeAsync(Npm, "secret", "set", "DOCKERHUB_PASSWORD", "--context", "release", "--person", "platform");
        await _trial.GrantAsync(
            TimeProvider.System.GetUtcNow(),
            SecretTrial.Job("publish-to-the-registry-of-the-company"),
            SecretTrial.Released(_trial.Context("release"), "DOCKERHUB_PASSWORD"));

        var list = await _trial.MustAsync("secret", "list");

        Assert.Contains("ago to publish-to-the-registry-… #7", list.Out, StringComparison.Ordinal);
        Assert.All(list.Out.Split('\n').Where(line => !line.StartsWith("  ", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 110));
    }

    [Fact]
    public async Task Remembers_what_was_removed()
    {
        await FillAsync();
        await _trial.MustAsync("secret", "remove", "COPY");
        await _trial.MustAsync("context", "delete", "release", "--yes");

        Assert.Contains("There are no secrets here", (await _trial.MustAsync("secret", "list")).Error, StringComparison.Ordinal);
        var all = (await _trial.MustAsync("secret", "list", "--removed")).Out;
        Assert.Matches(@"COPY .*\n  removed [0-9]+s ago", all);
        Assert.Matches(@"NPM_TOKEN .*\n  (last [^\n]*; )?removed [0-9]+s ago", all);
    }

    [Fact]
    public async Task Says_who_looks_after_a_secret_and_until_when_it_is_good()
    {
        await FillAsync();

        await _trial.MustAsync("secret", "owner", "COPY", "bob");
        await _trial.MustAsync("secret", "owner", "COPY", "--deadline", "never");

        Assert.Equal(("bob", null), (_trial.Project().Find("COPY")!.Person, _trial.Project().Find("COPY")!.Deadline));
        (await _trial.DoAsync("", "secret", "owner", "COPY")).AssertRefused("There is nothing to change.");
        (await _trial.DoAsync("", "secret", "owner", "NOPE", "bob")).AssertRefused("error[RF9403]: There is no variable 'NOPE' in gh/acme/app.");
        (await _trial.DoAsync("", "secret", "remove", "NOPE")).AssertRefused("error[RF9403]");
        Assert.Contains(_trial.Entries(), e => e.Kind == LedgerKind.SecretChanged && e.Text == "looked after by bob");
    }

    private const string Npm = "npm_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";

    private async Task FillAsync()
    {
        await _trial.MustAsync("context", "create", "release");
        await _trial.PipeAsync(Npm, "secret", "set", "NPM_TOKEN", "--context", "release", "--person", "ann", "--deadline", "10d");
        await _trial.PipeAsync(Npm, "secret", "set", "COPY", "--person", "=cmd");
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "OTHER", "--project", "gh/else/app");
        await _trial.MustAsync("context", "restrict", "release", "--project", "gh/acme/app");
        await _trial.MustAsync("secret", "fence", "NPM_TOKEN", "--context", "release", "--step", "publish/npm publish");
    }
}
