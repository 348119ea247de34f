using System.Text;
using Ringfence.Primitives;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;

namespace Ringfence.Sealing.Tests;

public sealed class KeyFileTests : IDisposable
{
    private static readonly SealedPlace Place = new("acme", "project:1", "TOKEN", 1);

    private readonly string _folder = Directory.CreateTempSubdirectory("ringfence-keys-").FullName;

    private string File => Path.Combine(_folder, "keep.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("correct horse battery staple")]
    [InlineData("")]
    public void Are_read_back_as_they_were(string? passphrase)
    {
        using var phrase = passphrase is null ? null : new SecretValue(passphrase);
        using var keys = KeepKeys.Create();
        KeyFile.Write(File, keys, KeyGuard.Of(phrase));

        using var read = KeyFile.Read(File, phrase);

        Assert.Equal(passphrase is not null, KeyFile.NeedsPassphrase(File));
        using var opened = read.Sealing.Open(keys.Sealing.Public.Seal("token"u8, Place), Place);
        Assert.Equal("token", Encoding.UTF8.GetString(opened.Reveal()));
        Assert.True(keys.Signing.Public.Verify("x"u8, read.Signing.Sign("x"u8)));
        using var value = new SecretValue("same");
        Assert.Equal(keys.Fingerprints.Of(value), read.Fingerprints.Of(value));
    }

    [Fact]
    public void Are_for_their_owner_only()
    {
        using var keys = KeepKeys.Create();
        KeyFile.Write(File, keys, KeyGuard.Nothing);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    [Rule("INC-2")]
    public void Do_not_stay_behind_unguarded_where_a_process_was_killed_that_wrote_them()
    {
        using var phrase = new SecretValue("right");
        using var keys = KeepKeys.Create();
        KeyFile.Write(File, keys, KeyGuard.Nothing);
        System.IO.File.Copy(File, $"{File}.0123456789abcdef.new");
        string[] others = [$"{File}.0123456789abcdeX.new", $"{File}.old.new", Path.Combine(_folder, "other.key.0123456789abcdef.new")];
        foreach (var other in others)
            System.IO.File.Copy(File, other);

        KeyFile.Write(File, keys, KeyGuard.Of(phrase));

        Assert.Equal(others.Append(File).Order(StringComparer.Ordinal), Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Do_not_open_without_the_passphrase_or_with_another()
    {
        using var phrase = new SecretValue("right");
        using var wrong = new SecretValue("wrong");
        using (var keys = KeepKeys.Create())
            KeyFile.Write(File, keys, KeyGuard.Of(phrase));

        Assert.Equal(SealingFault.PassphraseMissing, Assert.Throws<SealingException>(() => KeyFile.Read(File, null)).Fault);
        var e = Assert.Throws<SealingException>(() => KeyFile.Read(File, wrong));
        Assert.Equal(SealingFault.PassphraseWrong, e.Fault);
        Assert.DoesNotContain("wrong", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_opened_by_a_key_of_a_keyring_and_by_no_other()
    {
        using var key = KeyringKey.Create();
        using var other = KeyringKey.Create();
        using var none = new SecretValue("no key at all");
        var entry = KeyringKey.NewEntry();
        using var keys = KeepKeys.Create();
        KeyFile.Write(File, keys, new KeyGuard.Keyring(entry, key));

        Assert.Equal(entry, KeyFile.KeyringEntry(File));
        Assert.False(KeyFile.NeedsPassphrase(File));
        using (var read = KeyFile.Read(File, key))
            Assert.Equal(keys.Sealing.Public.Id, read.Sealing.Public.Id);
        Assert.Equal(SealingFault.KeyringKeyMissing, Assert.Throws<SealingException>(() => KeyFile.Read(File, null)).Fault);
        Assert.Equal(SealingFault.KeyringKeyWrong, Assert.Throws<SealingException>(() => KeyFile.Read(File, other)).Fault);
        Assert.Equal(SealingFault.KeyringKeyWrong, Assert.Throws<SealingException>(() => KeyFile.Read(File, none)).Fault);

        // Under another entry's name it does not open either: the name is part of what is sealed.
        System.IO.File.WriteAllText(File, System.IO.File.ReadAllText(File).Replace(entry, KeyringKey.NewEntry(), StringComparison.Ordinal));
        Assert.Equal(SealingFault.KeyringKeyWrong, Assert.Throws<SealingException>(() => KeyFile.Read(File, key)).Fault);
    }

    [Fact]
    public void Stay_as_they_were_when_what_is_written_would_not_open()
    {
        using var keys = KeepKeys.Create();
        KeyFile.Write(File, keys, KeyGuard.Nothing);
        var before = System.IO.File.ReadAllText(File);
        using var none = new SecretValue("no key at all");

        Assert.Throws<SealingException>(() => KeyFile.Write(File, keys, new KeyGuard.Keyring(KeyringKey.NewEntry(), none)));
        using var key = KeyringKey.Create();
        Assert.Throws<SealingException>(() => KeyFile.Write(File, keys, new KeyGuard.Keyring("no entry", key)));

        Assert.Equal(before, System.IO.File.ReadAllText(File));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Do_not_open_when_a_byte_of_the_file_was_changed()
    {
        using var phrase = new SecretValue("right");
        using (var keys = KeepKeys.Create())
            KeyFile.Write(File, keys, KeyGuard.Of(phrase));
        var whole = System.IO.File.ReadAllBytes(File);

        // Each costs 64 MiB and some tenths of a second to try, so not every byte.
        for (var at = 5; at < whole.Length; at += whole.Length / 9)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 1;
            System.IO.File.WriteAllBytes(File, changed);
            Assert.Throws<SealingException>(() => KeyFile.Read(File, phrase));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ringfence keep keys 1\npassphrase: none\nkeys: AAAA\n")]
    [InlineData("ringfence keep keys 1\npassphrase: argon2id 99999999 3 AAAAAAAAAAAAAAAAAAAAAA==\nkeys: AAAA\n")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\n")]
    public void Are_refused_when_the_file_is_something_else(string text)
    {
        System.IO.File.WriteAllText(File, text);
        using var phrase = new SecretValue("right");

        Assert.Equal(SealingFault.Malformed, Assert.Throws<SealingException>(() => KeyFile.Read(File, phrase)).Fault);
    }

    [Fact]
    public void Say_that_there_are_none() => Assert.Equal(SealingFault.NoKey, Assert.Throws<SealingException>(() => KeyFile.Read(File, null)).Fault);

    [Fact]
    public void Keep_signer_and_fingerprints_when_the_key_for_secrets_is_new()
    {
        using var keys = KeepKeys.Create();
        using var next = keys.WithNewSealingKey();

        Assert.NotEqual(keys.Sealing.Public.Id, next.Sealing.Public.Id);
        Assert.Equal(keys.Signing.Public.Id, next.Signing.Public.Id);
        var old = keys.Sealing.Public.Seal("token"u8, Place);
        using var opened = next.Open(old, Place);
        Assert.Equal(5, opened.Reveal().Length);
        using var done = next.WithoutEarlier();
        Assert.Equal(next.Sealing.Public.Id, done.Sealing.Public.Id);
        Assert.Equal(SealingFault.OtherKey, Assert.Throws<SealingException>(() => done.Open(old, Place)).Fault);
    }

    [Fact]
    public void Are_read_back_in_the_middle_of_a_change_of_keys()
    {
        using var keys = KeepKeys.Create();
        using var next = keys.WithNewSealingKey();
        KeyFile.Write(File, next, KeyGuard.Nothing);

        using var read = KeyFile.Read(File, null);

        Assert.Equal(keys.Sealing.Public.Id, read.Earlier?.Public.Id);
    }
}
