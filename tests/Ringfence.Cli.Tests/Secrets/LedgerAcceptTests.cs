using Ringfence.Keep.Ledgers;

namespace Ringfence.Cli.Tests.Secrets;

[Rule("INC-9")]
public sealed class LedgerAcceptTests : IDisposable
{
    private readonly SecretTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Fact]
    public async Task Has_nothing_to_accept_where_nothing_is_missing()
    {
        var none = await _trial.DoAsync("", "ledger", "accept");
        Assert.Equal((int)ExitCode.Unavailable, none.Exit);
        Assert.Contains("There is no keep on this machine", none.Error, StringComparison.Ordinal);
        await _trial.MustAsync("context", "create", "release");

        Assert.Contains("there is nothing to accept", (await _trial.MustAsync("ledger", "accept")).Error, StringComparison.Ordinal);

        Assert.DoesNotContain(_trial.Entries(), e => e.Kind == LedgerKind.OlderAccepted);
    }

    [Fact]
    public async Task Refuses_every_change_until_a_person_has_accepted_the_older_copy()
    {
        await RolledBackAsync();

        foreach (var command in (string[][])[["context", "create", "another"], ["secret", "set", "OTHER", "--context", "release"], ["context", "allow", "release", "--ssh", "--yes"], ["keep", "rotate"], ["keep", "backup", "backup.key", "--no-passphrase"]])
        {
            (await _trial.DoAsync("another value", command)).AssertFailed($"By {_trial.State}/keep.head the ledger has had the entry 4, and {_trial.Keep.Path}/ledger ends at entry 3");
        }

        Assert.Contains("warning[RF9410]: The ledger had entry 4", (await _trial.MustAsync("context", "list")).Error, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Tampered, (await _trial.DoAsync("", "keep", "status")).Exit);
        (await _trial.Press('n').DoAsync("", "ledger", "accept")).AssertRefused("Nothing was changed.");
        Assert.Equal(3, _trial.Entries().Count);

        var accepted = await _trial.Press('y').MustAsync("ledger", "accept");
        Assert.Contains($"The ledger in {_trial.Keep.Path} ends at entry 3, of ", accepted.Error, StringComparison.Ordinal);
        Assert.Contains("It has had the entry 4 (", accepted.Error, StringComparison.Ordinal);
        Assert.Contains("The ledger goes on from entry 3; that stands in it.", accepted.Error, StringComparison.Ordinal);
        Assert.Equal((LedgerKind.OlderAccepted, 4), (_trial.Entries()[^1].Kind, _trial.Entries().Count));
        await _trial.NoTerminal().MustAsync("ledger", "verify");
        await _trial.MustAsync("context", "create", "another");
    }

    [Fact]
    public async Task Lets_the_keys_come_back_before_the_rest_is_settled()
    {
        await _trial.MustAsync("context", "create", "release");
        await _trial.MustAsync("keep", "backup", "backup.key", "--no-passphrase");
        await RolledBackAsync();
        File.Delete(_trial.Keep.KeyFile);
        (await _trial.DoAsync("", "context", "create", "another")).AssertFailed("The keys of the keep are missing");

        var restored = await _trial.MustAsync("keep", "restore", "backup.key");

        Assert.Contains("That is not in the ledger. By ", restored.Error, StringComparison.Ordinal);
        await _trial.MustAsync("ledger", "accept", "--yes");
        Assert.DoesNotContain("That is not in the ledger.", (await _trial.MustAsync("keep", "restore", "backup.key", "--yes")).Error, StringComparison.Ordinal);
        Assert.Equal(LedgerKind.KeysRestored, _trial.Entries()[^1].Kind);
    }

    [Fact]
    public async Task Settles_a_memory_that_was_damaged_and_no_ledger_that_was()
    {
        await _trial.MustAsync("context", "create", "release");
        await File.WriteAllTextAsync(_trial.Keep.Memory.Path, "what", TestContext.Current.CancellationToken);
        (await _trial.DoAsync("", "context", "create", "another")).AssertFailed("holds no head of a ledger: it was changed");
        (await _trial.DoAsync("", "ledger", "accept")).AssertRefused("holds no head of a ledger: it was changed");

        await _trial.MustAsync("ledger", "accept", "--yes");

        await _trial.MustAsync("context", "create", "another");
        var path = Ledger.PathIn(_trial.Keep.Path);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace("tester", "nobody", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await _trial.DoAsync("", "ledger", "accept", "--yes")).AssertFailed("Only a whole older copy can be accepted");
    }

    // Three entries are put back in the place of four.
    private async Task RolledBackAsync()
    {
        if (!_trial.Keep.Exists)
            await _trial.MustAsync("context", "create", "release");
        if (_trial.Entries().Count < 3)
            await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN", "--context", "release");
        var copy = new[] { _trial.Keep.Path, _trial.Keep.VaultPath }.Where(Directory.Exists).SelectMany(Directory.GetFiles).ToDictionary(file => file, File.ReadAllBytes);
        await _trial.MustAsync("context", "restrict", "release", "--no-project");
        foreach (var (file, bytes) in copy)
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        Assert.Equal(3, _trial.Entries().Count);
    }
}
