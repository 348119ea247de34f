using Ringfence.Keep.Asking;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Primitives;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;

namespace Ringfence.Keep.Tests.Serving;

public sealed class KeyChangeTests
{
    [Theory]
    [Rule("INC-2", "INC-11")]
    [InlineData(null)]
    [InlineData("correct horse")]
    public async Task Seal_every_secret_to_a_new_key(string? passphrase)
    {
        using var phrase = passphrase is null ? null : new SecretValue(passphrase);
        await using var keep = await KeepTrial.StartAsync(passphrase);
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "A", "some-value-1");
        await keep.SetAsync(KeepTrial.OfProject(), "B", "some-value-2");
        var before = keep.Client.PublicKey.Id;

        Assert.Equal(2, await new KeyChanges(keep.Folder, phrase, keep.Clock).RotateAsync(KeepTrial.Cancel));

        await keep.OpenAsync(phrase);
        Assert.NotEqual(before, keep.Client.PublicKey.Id);
        Assert.Equal(2, (await keep.GrantedAsync(KeepTrial.ReleaseOf("release"))).Count);
        Assert.All(keep.Folder.Vault.All().SelectMany(o => o.Living), v => Assert.Equal(keep.Client.PublicKey.Id, SealingKey.ReceiverOf(v.Sealed)));
        using var keys = KeyFile.Read(keep.Folder.KeyFile, phrase);
        Assert.Null(keys.Earlier);
    }

    [Fact]
    public async Task Go_on_when_a_rotation_was_interrupted()
    {
        await using var keep = await KeepTrial.StartAsync();
        await keep.SetAsync(KeepTrial.OfProject(), "A", "some-value-1");
        using (var keys = KeyFile.Read(keep.Folder.KeyFile, null))
        using (var next = keys.WithNewSealingKey())
            KeyFile.Write(keep.Folder.KeyFile, next, KeyGuard.Nothing);

        // In between, the keep works.
        await keep.OpenAsync(null);
        Assert.Single(await keep.GrantedAsync(KeepTrial.ReleaseOf()));

        Assert.Equal(1, await new KeyChanges(keep.Folder, null, keep.Clock).RotateAsync(KeepTrial.Cancel));
        await keep.OpenAsync(null);
        Assert.Single(await keep.GrantedAsync(KeepTrial.ReleaseOf()));
        Assert.Equal(LedgerKind.KeysRotated, keep.Entries().Last(e => e.Kind is LedgerKind.KeysRotated or LedgerKind.SecretChanged).Kind);
    }

    [Fact]
    [Rule("INC-16")]
    public async Task Back_up_and_restore_under_a_passphrase()
    {
        await using var keep = await KeepTrial.StartAsync();
        await keep.SetAsync(KeepTrial.OfProject(), "A", "some-value-1");
        using var phrase = new SecretValue("correct horse");
        var backup = Path.Combine(keep.Root, "backup.key");
        await new KeyChanges(keep.Folder, null, keep.Clock).BackUpAsync(backup, phrase, KeepTrial.Cancel);
        File.Delete(keep.Folder.KeyFile);

        await Assert.ThrowsAsync<KeepException>(() => keep.OpenAsync(null));
        Assert.Null(await new KeyChanges(keep.Folder, phrase, keep.Clock).RestoreAsync(backup, KeepTrial.Cancel));

        Assert.True(KeyFile.NeedsPassphrase(keep.Folder.KeyFile));
        await keep.OpenAsync(phrase);
        Assert.Single(await keep.GrantedAsync(KeepTrial.ReleaseOf()));
        Assert.Contains(keep.Entries(), e => e.Kind == LedgerKind.KeysBackedUp);
        Assert.Contains(keep.Entries(), e => e.Kind == LedgerKind.KeysRestored && e.Text == $"from {backup}");
    }

    [Fact]
    [Rule("INC-9")]
    public async Task Come_back_without_a_new_ledger_where_the_old_one_is_missing()
    {
        await using var keep = await KeepTrial.StartAsync();
        await keep.SetAsync(KeepTrial.OfProject(), "A", "some-value-1");
        var backup = Path.Combine(keep.Root, "backup.key");
        await new KeyChanges(keep.Folder, null, keep.Clock).BackUpAsync(backup, null, KeepTrial.Cancel);
        keep.Copy("copy");
        Directory.Delete(keep.Folder.Path, recursive: true);
        File.Delete(keep.Folder.Memory.Path);
        Directory.CreateDirectory(keep.Folder.Path);

        var whyNotRecorded = await new KeyChanges(keep.Folder, null, keep.Clock).RestoreAsync(backup, KeepTrial.Cancel);

        Assert.Contains("The ledger of the keep is missing", whyNotRecorded, StringComparison.Ordinal);
        Assert.True(keep.Folder.HasKeys);
        keep.PutBack("copy");
        await keep.OpenAsync(null);
        Assert.Single(await keep.GrantedAsync(KeepTrial.ReleaseOf()));
    }

    [Fact]
    public async Task Do_not_restore_the_keys_of_another_keep()
    {
        await using var keep = await KeepTrial.StartAsync();
        await using var other = await KeepTrial.StartAsync();

        var e = await Assert.ThrowsAsync<SealingException>(() => new KeyChanges(keep.Folder, null, keep.Clock).RestoreAsync(other.Folder.KeyFile, KeepTrial.Cancel));

        Assert.Contains("holds the keys of another keep", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("INC-11")]
    public async Task Do_not_restore_keys_that_open_nothing_of_what_is_stored()
    {
        await using var keep = await KeepTrial.StartAsync();
        var backup = Path.Combine(keep.Root, "backup.key");
        var changes = new KeyChanges(keep.Folder, null, keep.Clock);
        await changes.BackUpAsync(backup, null, KeepTrial.Cancel);
        await changes.RotateAsync(KeepTrial.Cancel);

        // Nothing is stored, so nothing is lost.
        await changes.RestoreAsync(backup, KeepTrial.Cancel);
        await keep.OpenAsync(null);
        await keep.SetAsync(KeepTrial.OfProject(), "A", "some-value-1");
        await changes.RotateAsync(KeepTrial.Cancel);
        var before = (Convert.ToHexString(File.ReadAllBytes(keep.Folder.KeyFile)), File.ReadAllText(keep.Folder.PublicKeyFile));

        var e = await Assert.ThrowsAsync<SealingException>(() => changes.RestoreAsync(backup, KeepTrial.Cancel));

        Assert.Contains("does not open 1 of the 1 secrets", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, (Convert.ToHexString(File.ReadAllBytes(keep.Folder.KeyFile)), File.ReadAllText(keep.Folder.PublicKeyFile)));
        await keep.OpenAsync(null);
        Assert.Single(await keep.GrantedAsync(KeepTrial.ReleaseOf()));
    }

    [Fact]
    public async Task Say_that_the_passphrase_is_missing_or_wrong()
    {
        await using var keep = await KeepTrial.StartAsync("correct horse");
        using var wrong = new SecretValue("wrong horse");

        Assert.True((await Assert.ThrowsAsync<KeepException>(() => keep.OpenAsync(null))).WantsPassphrase);
        var e = await Assert.ThrowsAsync<KeepException>(() => keep.OpenAsync(wrong));
        Assert.True(e.WantsPassphrase);
        Assert.DoesNotContain("horse", e.Message, StringComparison.Ordinal);
    }
}
