using System.Globalization;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Ledgers;
using Ringfence.Sealing.Keys;

namespace Ringfence.Cli.Tests.Secrets;

public sealed class KeepCommandTests : IDisposable
{
    private const string Passphrase = "correct horse battery";

    private readonly SecretTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Fact]
    public async Task Says_what_guards_the_keys()
    {
        Assert.Contains("There is no keep on this machine yet", (await _trial.MustAsync("keep", "status")).Error, StringComparison.Ordinal);
        await SetAsync();

        var status = (await _trial.MustAsync("keep", "status")).Out;

        Assert.Contains("keys guarded by  the mode of the file only", status, StringComparison.Ordinal);
        Assert.Contains("secrets          1, 0 overdue", status, StringComparison.Ordinal);
        Assert.Matches("sealing key +[0-9a-f]{16}\n", status);
        File.SetUnixFileMode(_trial.Keep.KeyFile, File.GetUnixFileMode(_trial.Keep.KeyFile) | UnixFileMode.OtherRead);
        Assert.Contains("nothing: others may reach the file", (await _trial.MustAsync("keep", "status")).Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("INC-15")]
    public async Task Protects_the_keys_by_a_passphrase_and_asks_for_it_from_then_on()
    {
        await SetAsync();
        await _trial.Type(Passphrase, Passphrase).MustAsync("keep", "passphrase");
        Assert.Equal(1, _trial.Run.Guarded);
        Assert.True(KeyFile.NeedsPassphrase(_trial.Keep.KeyFile));

        var missing = await _trial.NoTerminal().DoAsync("another value", "secret", "set", "OTHER");
        Assert.Equal((int)ExitCode.Unavailable, missing.Exit);
        Assert.Contains($"name a file that holds it in {KeepAccess.PassphraseVariable}", missing.Error, StringComparison.Ordinal);
        await _trial.Type(Passphrase).MustAsync("context", "create", "release");
        Assert.Equal((int)ExitCode.Unavailable, (await _trial.Type("wrong").DoAsync("", "context", "create", "other")).Exit);

        _trial.NoTerminal().Run.WithFile("passphrase", Passphrase + "\n").WithVariable(KeepAccess.PassphraseVariable, "passphrase");
        await _trial.PipeAsync("another value", "secret", "set", "OTHER");
        await _trial.MustAsync("keep", "passphrase", "--no-passphrase");
        Assert.False(KeyFile.NeedsPassphrase(_trial.Keep.KeyFile));
        Assert.DoesNotContain(Passphrase, _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_no_passphrase_that_is_short_or_mistyped()
    {
        await SetAsync();

        (await _trial.Type("short", "short").DoAsync("", "keep", "passphrase")).AssertRefused("fewer than 8 bytes");
        (await _trial.Type(Passphrase, "other").DoAsync("", "keep", "passphrase")).AssertRefused("The two that were typed differ.");
        (await _trial.NoTerminal().DoAsync("", "keep", "passphrase")).AssertRefused("There is no terminal to ask for a passphrase.");
        (await _trial.DoAsync("", "keep", "passphrase", "--no-passphrase", "--new-passphrase-fd", "3")).AssertRefused("not both");
        Assert.False(KeyFile.NeedsPassphrase(_trial.Keep.KeyFile));
    }

    [Fact]
    [Rule("INC-11")]
    public async Task Seals_every_secret_to_a_new_key()
    {
        await SetAsync();
        var before = _trial.Keep.ReadPublicKeys()!.Value.Sealing.Id;

        Assert.Contains("1 secret was sealed to the new key", (await _trial.MustAsync("keep", "rotate")).Error, StringComparison.Ordinal);

        Assert.NotEqual(before, _trial.Keep.ReadPublicKeys()!.Value.Sealing.Id);
        await _trial.PipeAsync("another value", "secret", "rotate", "TOKEN");
        await _trial.MustAsync("ledger", "verify");
    }

    [Fact]
    [Rule("INC-16")]
    public async Task Backs_the_keys_up_and_restores_them()
    {
        await SetAsync();
        var backup = Path.Combine(_trial.Run.Folder, "backup.key");
        _trial.Run.WithFile("passphrase", Passphrase);
        using (var file = File.OpenRead(Path.Combine(_trial.Run.Folder, "passphrase")))
            await _trial.MustAsync("keep", "backup", "backup.key", "--new-passphrase-fd", file.SafeFileHandle.DangerousGetHandle().ToString(CultureInfo.InvariantCulture));
        Assert.True(KeyFile.NeedsPassphrase(backup));
        (await _trial.DoAsync("", "keep", "backup", "backup.key", "--no-passphrase")).AssertRefused("is there already.");
        (await _trial.DoAsync("", "keep", "backup", "other.key")).AssertRefused("There is no terminal to ask for a passphrase.");
        Assert.Contains(_trial.Entries(), e => e.Kind == LedgerKind.KeysBackedUp);

        _trial.Run.WithVariable(KeepAccess.PassphraseVariable, "passphrase");
        (await _trial.DoAsync("", "keep", "restore", "backup.key")).AssertRefused("are replaced by those of");
        _trial.Run.WithVariable(KeepAccess.PassphraseVariable, "");
        File.Delete(_trial.Keep.KeyFile);
        var wrong = await _trial.Type("something else").DoAsync("", "keep", "restore", "backup.key");
        Assert.Contains("error[RF9411]: The passphrase does not open", wrong.Error, StringComparison.Ordinal);
        await _trial.Type(Passphrase).MustAsync("keep", "restore", "backup.key");

        await _trial.Type(Passphrase).MustAsync("context", "create", "release");
        await _trial.MustAsync("ledger", "verify");
        _trial.AssertNowhere(SecretTrial.Value);
    }

    [Fact]
    public async Task Refuses_the_keys_of_another_keep()
    {
        await SetAsync();
        using var other = new SecretTrial();
        await other.MustAsync("context", "create", "release");
        await other.MustAsync("keep", "backup", Path.Combine(_trial.Run.Folder, "other.key"), "--no-passphrase");

        var result = await _trial.DoAsync("", "keep", "restore", "other.key", "--yes");

        Assert.Equal((int)ExitCode.Unavailable, result.Exit);
        Assert.Contains("holds the keys of another keep", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("INC-11")]
    public async Task Refuses_a_backup_from_before_a_rotation()
    {
        await SetAsync();
        await _trial.MustAsync("keep", "backup", "old.key", "--no-passphrase");
        await _trial.MustAsync("keep", "rotate");

        var result = await _trial.DoAsync("", "keep", "restore", "old.key", "--yes");

        Assert.Equal((int)ExitCode.Unavailable, result.Exit);
        Assert.Contains("error[RF9411]", result.Error, StringComparison.Ordinal);
        Assert.Contains("Restore a backup that was made after the last 'ringfence keep rotate'.", result.Error, StringComparison.Ordinal);
        await _trial.PipeAsync("another value", "secret", "rotate", "TOKEN");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Says_that_the_keys_are_missing_instead_of_making_others(bool alsoTheLedger)
    {
        const string Missing = "The keys of the keep are missing: ringfence keep restore FILE";
        await SetAsync();
        await _trial.MustAsync("keep", "backup", "backup.key", "--no-passphrase");
        if (alsoTheLedger)
            Directory.Delete(_trial.Keep.Path, recursive: true);
        else
            File.Delete(_trial.Keep.KeyFile);

        foreach (var command in (string[][])[["keep", "status"], ["keep", "rotate"], ["context", "create", "release"], ["secret", "set", "OTHER"]])
        {
            var result = await _trial.DoAsync("another value", command);
            Assert.Equal((int)ExitCode.Unavailable, result.Exit);
            Assert.Contains(Missing, result.Error, StringComparison.Ordinal);
        }

        Assert.Contains($"warning[RF9412]: {Missing}", (await _trial.MustAsync("context", "list")).Error, StringComparison.Ordinal);
        Assert.Contains(Missing, (await _trial.DoAsync("", "doctor")).Out, StringComparison.Ordinal);
        Assert.False(_trial.Keep.HasKeys);
        if (alsoTheLedger)
            return;
        await _trial.MustAsync("keep", "restore", "backup.key");
        await _trial.MustAsync("keep", "status");
    }

    private Task<CommandResult> SetAsync() => _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN");
}
