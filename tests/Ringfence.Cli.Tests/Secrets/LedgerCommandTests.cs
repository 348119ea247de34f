using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ringfence.Keep.Ledgers;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Cli.Tests.Secrets;

[Rule("INC-9")]
public sealed class LedgerCommandTests : IDisposable
{
    private readonly SecretTrial _trial = new();
    private readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    public void Dispose() => _trial.Dispose();

    private string LedgerPath => Ledger.PathIn(_trial.Keep.Path);

    [Fact]
    public async Task Shows_what_was_recorded()
    {
        await FillAsync();

        var all = (await _trial.MustAsync("ledger", "show")).Out;
        Assert.Matches(@"\n3  [0-9-]{10} [0-9:]{8}Z  secret-set +tester +release +TOKEN\n", all);
        Assert.Matches(@"grant +ann +gh/acme/app #7 publish +TOKEN of release\n", all);
        Assert.Equal(2, (await _trial.MustAsync("ledger", "show", "--kind", "secret-set")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        using var json = JsonDocument.Parse((await _trial.MustAsync("ledger", "show", "--format", "json", "--kind", "grant")).Out);
        Assert.Equal("publish", json.RootElement[0].GetProperty("job").GetProperty("job").GetString());
        _trial.Run.Clock = new FakeClock { Now = _now.AddDays(30) };
        Assert.Contains("The ledger has no such entries.", (await _trial.MustAsync("ledger", "show", "--since", "7d")).Error, StringComparison.Ordinal);
        (await _trial.DoAsync("", "ledger", "show", "--kind", "nope")).AssertRefused("nope");
        (await _trial.DoAsync("", "ledger", "show", "--since", "yesterday")).AssertRefused("--since is a date such as 2026-11-01, or a time from now such as 30d or 12h.");
    }

    [Fact]
    public async Task Verifies_against_heads_that_were_kept_elsewhere()
    {
        Assert.Contains("there is no ledger", (await _trial.MustAsync("ledger", "verify")).Error, StringComparison.Ordinal);
        await FillAsync();
        var head = (await _trial.MustAsync("ledger", "verify")).Out.Trim();
        Assert.Equal(StoredHead(), head);
        await _trial.MustAsync("context", "create", "later");
        await _trial.MustAsync("ledger", "verify", "--expect", head);
        (await _trial.DoAsync("", "ledger", "verify", "--expect", "what")).AssertRefused("'what' is no head of a ledger.");
        (await _trial.DoAsync("", "ledger", "verify", "--expect", "5:")).AssertRefused("'5:' is no head of a ledger.");

        var wrong = await _trial.DoAsync("", "ledger", "verify", "--expect", $"2:{new string('0', 64)}");
        Assert.Equal((int)ExitCode.Tampered, wrong.Exit);
        Assert.Contains("the ledger was written anew", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("edited", "Line 2 ")]
    [InlineData("cut", "the ledger was cut off after entry 3")]
    [InlineData("deleted", "entry 2 is missing")]
    [InlineData("swapped", "entries were put into another order")]
    [InlineData("vault", "is not stored as the ledger recorded it last")]
    [InlineData("gone", "is gone")]
    [InlineData("keys", "no signature could be checked")]
    public async Task Finds_what_was_changed(string what, string says)
    {
        await FillAsync();
        var lines = File.ReadAllLines(LedgerPath);
        var vault = Directory.GetFiles(_trial.Keep.VaultPath)[0];
        switch (what)
        {
            case "edited": lines[1] = lines[1].Replace("tester", "nobody", StringComparison.Ordinal); break;
            case "cut": lines = lines[..3]; break;
            case "deleted": lines = [lines[0], .. lines[2..]]; break;
            case "swapped": (lines[1], lines[2]) = (lines[2], lines[1]); break;
            case "vault": File.WriteAllText(vault, File.ReadAllText(vault).Replace("tester", "nobody", StringComparison.Ordinal)); break;
            case "gone": File.Delete(vault); break;
            default: File.Delete(_trial.Keep.PublicKeyFile); break;
        }

        File.WriteAllText(LedgerPath, string.Concat(lines.Select(line => line + "\n")));

        var result = await _trial.DoAsync("", "ledger", "verify");

        Assert.Equal((int)ExitCode.Tampered, result.Exit);
        Assert.Contains("error[RF9409]: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_what_anybody_can_check()
    {
        await FillAsync();

        await _trial.MustAsync("ledger", "export", "ledger.jsonl");

        Assert.True(VerifyingKey.TryParse(Convert.FromBase64String(_trial.Run.Read("ledger.jsonl.pub")), out var key));
        var previous = "";
        foreach (var line in _trial.Run.Read("ledger.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var entry = line[(line.IndexOf("\"entry\":", StringComparison.Ordinal) + 8)..^1];
            var signature = json.RootElement.GetProperty("signature").GetString()!;
            Assert.True(key.Verify(Encoding.UTF8.GetBytes(entry), Convert.FromBase64String(signature)));
            Assert.Equal(key.Id.ToString(), json.RootElement.GetProperty("key").GetString());
            Assert.Equal(previous, json.RootElement.GetProperty("entry").TryGetProperty("prev", out var prev) ? prev.GetString() : "");
            previous = json.RootElement.GetProperty("hash").GetString()!;
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{entry}\t{signature}"))), previous);
        }

        Assert.EndsWith(previous, StoredHead(), StringComparison.Ordinal);
    }

    [Fact]
    [Rule("INC-17", "INC-27")]
    public async Task Tells_who_could_read_a_secret()
    {
        await FillAsync();

        var result = await _trial.MustAsync("ledger", "blast-radius", "--secret", "TOKEN", "--since", "1d");

        Assert.Matches(@"gh/acme/app #7 publish  c0ffee1234  main  TOKEN of release +1  ann  1 of 3\n", result.Out);
        Assert.Contains("Images: cimg/node:20.1\nOrbs: acme/deploy@1.2.3\nSteps: npm publish\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("nothing of that was released", (await _trial.MustAsync("ledger", "blast-radius", "--secret", "NOPE")).Error, StringComparison.Ordinal);
        (await _trial.DoAsync("", "ledger", "blast-radius")).AssertRefused("Say what it is about");
        (await _trial.DoAsync("", "ledger", "blast-radius", "--image", "")).AssertRefused("An empty name would mean everything.");
    }

    [Theory]
    [InlineData("--image", "cimg/node")]
    [InlineData("--image", "cimg/node:20.1")]
    [InlineData("--orb", "acme/deploy@1.2.3")]
    [InlineData("--orb", "acme/deploy")]
    [InlineData("--commit", "c0ffee")]
    [InlineData("--job", "publish")]
    [InlineData("--context", "release")]
    [Rule("INC-17", "INC-27")]
    public async Task Tells_what_something_could_read_and_whether_that_was_rotated(params string[] filter)
    {
        await FillAsync();
        Assert.Matches(@"TOKEN +release +1 +1 +[0-9]+s +publish +still in use\n", (await _trial.MustAsync(["ledger", "blast-radius", .. filter])).Out);

        await _trial.PipeAsync("another value", "secret", "rotate", "TOKEN", "--context", "release");
        using var json = JsonDocument.Parse((await _trial.MustAsync(["ledger", "blast-radius", "--format", "json", .. filter])).Out);
        Assert.Equal("rotated since", json.RootElement[0].GetProperty("now").GetString());
        await _trial.MustAsync("secret", "remove", "TOKEN", "--context", "release");
        Assert.Contains("removed since", (await _trial.MustAsync(["ledger", "blast-radius", .. filter])).Out, StringComparison.Ordinal);
    }

    private string StoredHead() => Ledger.ReadHead(_trial.Keep.Path).ToString();

    private async Task FillAsync()
    {
        await _trial.MustAsync("context", "create", "release");
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN", "--context", "release");
        await _trial.GrantAsync(_now, SecretTrial.Job("publish"), SecretTrial.Released(_trial.Context("release"), "TOKEN", 2));
    }
}
