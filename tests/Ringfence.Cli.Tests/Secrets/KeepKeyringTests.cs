using Ringfence.Keep.Ledgers;
using Ringfence.Sealing.Keys;

namespace Ringfence.Cli.Tests.Secrets;

/// <summary>With a real keyring on a session bus of its own; the keep is a real process that asks it.</summary>
[Rule("INC-15")]
public sealed class KeepKeyringTests : IAsyncLifetime
{
    private const string Passphrase = "correct horse battery";

    private readonly SecretTrial _trial = new();
    private TestKeyring? _keyring;

    private string KeyFilePath => _trial.Keep.KeyFile;

    public async ValueTask InitializeAsync()
    {
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN");
        _keyring = await TestKeyring.StartAsync();
        foreach (var (name, value) in _keyring.Environment)
            _trial.Run.WithVariable(name, value);
        _trial.NoTerminal();
    }

    public async ValueTask DisposeAsync()
    {
        if (_keyring is not null)
            await _keyring.DisposeAsync();
        _trial.Dispose();
    }

    [Fact]
    public async Task Opens_the_keys_without_a_passphrase_and_back()
    {
        await _trial.MustAsync("keep", "keyring");

        var entry = KeyFile.KeyringEntry(KeyFilePath)!;
        Assert.Equal(1, _trial.Run.Guarded);
        var entries = await _keyring!.EntriesAsync();
        Assert.Contains($"attribute.keep = {entry}\n", entries, StringComparison.Ordinal);
        await WorksAsync("A");
        Assert.Contains($"keys guarded by  the desktop's keyring (entry {entry}), and the mode of the file\n", (await _trial.MustAsync("keep", "status")).Out, StringComparison.Ordinal);
        Assert.Matches($"ok +keys of the keep +protected by the desktop's keyring \\(entry {entry}\\)\n", (await _trial.DoAsync("", "doctor")).Out);
        var key = entries.Split('\n').Single(line => line.StartsWith("secret = ", StringComparison.Ordinal))["secret = ".Length..];
        _trial.AssertNowhere(key);

        // Once more: another key, and the old one is forgotten.
        await _trial.MustAsync("keep", "keyring");
        Assert.DoesNotContain(entry, await _keyring.EntriesAsync(), StringComparison.Ordinal);
        await WorksAsync("B");

        await _trial.Type(Passphrase, Passphrase).MustAsync("keep", "passphrase");
        Assert.True(KeyFile.NeedsPassphrase(KeyFilePath));
        Assert.Empty(await _keyring.EntriesAsync());
        await _trial.Type(Passphrase).MustAsync("context", "create", "release");

        await _trial.Type(Passphrase).MustAsync("keep", "keyring");
        await _trial.NoTerminal().MustAsync("keep", "passphrase", "--no-passphrase");
        Assert.Null(KeyFile.KeyringEntry(KeyFilePath));
        await WorksAsync("C");
        Assert.Equal(
            ["by the keyring's entry", "by the keyring's entry", "by a passphrase", "by the keyring's entry", "by the mode of their file"],
            _trial.Entries().Where(e => e.Kind == LedgerKind.KeysGuarded).Select(e => e.Text!.Split(" entry ") is [var text, _] ? $"{text} entry" : e.Text));
        await _trial.MustAsync("ledger", "verify");
    }

    [Fact]
    [Rule("INC-11")]
    public async Task Keeps_the_entry_when_the_keys_are_rotated()
    {
        await _trial.MustAsync("keep", "keyring");
        var entry = KeyFile.KeyringEntry(KeyFilePath);

        Assert.Contains("1 secret was sealed to the new key", (await _trial.MustAsync("keep", "rotate")).Error, StringComparison.Ordinal);

        Assert.Equal(entry, KeyFile.KeyringEntry(KeyFilePath));
        await WorksAsync("A");
        await _trial.MustAsync("ledger", "verify");
    }

    [Fact]
    [Rule("INC-16")]
    public async Task Says_that_the_entry_is_gone_and_works_again_from_a_backup()
    {
        await _trial.MustAsync("keep", "keyring");
        await _trial.Type(Passphrase, Passphrase).MustAsync("keep", "backup", "backup.key");
        Assert.True(KeyFile.NeedsPassphrase(Path.Combine(_trial.Run.Folder, "backup.key")));
        await _keyring!.RemoveAsync(KeyFile.KeyringEntry(KeyFilePath)!);

        await FailsAsync("The keyring has no entry ", "Bring the keys back from a backup: ringfence keep restore FILE");
        Assert.Contains("The keyring has no entry ", (await _trial.NoTerminal().DoAsync("", "keep", "rotate")).Error, StringComparison.Ordinal);

        await _trial.Type(Passphrase).MustAsync("keep", "restore", "backup.key", "--yes");
        Assert.True(KeyFile.NeedsPassphrase(KeyFilePath));
        await _trial.Type(Passphrase).MustAsync("keep", "keyring");
        await WorksAsync("A");
        await _trial.MustAsync("ledger", "verify");
    }

    [Fact]
    public async Task Says_that_the_keyring_is_locked_or_not_there_or_cannot_be_asked()
    {
        await _trial.MustAsync("keep", "keyring");
        var before = await File.ReadAllTextAsync(KeyFilePath, TestContext.Current.CancellationToken);

        await _keyring!.LockAsync();
        await FailsAsync("The keyring is locked", "Unlock it, as by logging in to the desktop");
        Assert.Contains("The keyring is locked", (await _trial.DoAsync("", "keep", "keyring")).Error, StringComparison.Ordinal);

        _trial.Run.WithVariable("DBUS_SESSION_BUS_ADDRESS", "").WithVariable("XDG_RUNTIME_DIR", "");
        await FailsAsync("There is no keyring to ask", "ringfence keep restore FILE");
        Assert.Matches("missing +keys of the keep +protected by the keyring of a desktop, and this is no session of one", (await _trial.DoAsync("", "doctor")).Out);

        _trial.Run.WithVariable("PATH", "/no/such/folder");
        Assert.Contains("Install it: apt-get install libsecret-tools", (await _trial.NoTerminal().DoAsync("", "keep", "rotate")).Error, StringComparison.Ordinal);
        Assert.Matches("missing +keys of the keep +protected by the keyring, which cannot be asked without secret-tool", (await _trial.DoAsync("", "doctor")).Out);
        Assert.Equal(before, await File.ReadAllTextAsync(KeyFilePath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Changes_nothing_when_the_keyring_refuses()
    {
        var before = await File.ReadAllTextAsync(KeyFilePath, TestContext.Current.CancellationToken);
        await _keyring!.LockAsync();

        var result = await _trial.DoAsync("", "keep", "keyring");

        Assert.Equal((int)ExitCode.Unavailable, result.Exit);
        Assert.Contains("The keyring is locked", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(KeyFilePath, TestContext.Current.CancellationToken));
        Assert.Equal(["keep.key"], Directory.GetFiles(_trial.Keep.Path, "keep.key*").Select(Path.GetFileName));
        Assert.DoesNotContain(_trial.Entries(), e => e.Kind == LedgerKind.KeysGuarded);
        await WorksAsync("A");
    }

    private Task<CommandResult> WorksAsync(string name) => _trial.NoTerminal().PipeAsync("another value", "secret", "set", name);

    private async Task FailsAsync(params string[] says)
    {
        var result = await _trial.NoTerminal().DoAsync("another value", "secret", "set", "OTHER");
        Assert.Equal((int)ExitCode.Unavailable, result.Exit);
        Assert.All(says, text => Assert.Contains(text, result.Error, StringComparison.Ordinal));
    }
}
