using Google.Protobuf;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Tests.Serving;

/// <summary>Everything that somebody with the right to write to the disk can do to a keep, and what the keep says to it.</summary>
[Rule("INC-2", "INC-9")]
public sealed class TamperTests
{
    [Fact]
    public async Task A_changed_byte_of_a_sealed_value()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await TwoSecretsAsync(keep);
        var sealedBytes = Stored(keep, context, "A").Sealed;
        var changed = (byte[])sealedBytes.Clone();
        changed[^1] ^= 1;
        Replace(keep, context, (Convert.ToBase64String(sealedBytes), Convert.ToBase64String(changed)));

        Assert.Contains("The value of A does not open: its bytes were changed", await FaultAsync(keep), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_values_that_changed_places()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await TwoSecretsAsync(keep);
        var (a, b) = (Convert.ToBase64String(Stored(keep, context, "A").Sealed), Convert.ToBase64String(Stored(keep, context, "B").Sealed));
        Replace(keep, context, (a, "*"), (b, a), ("*", b));

        Assert.Contains("In the place of A lies the value of B: rows were swapped.", await FaultAsync(keep), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restriction_that_was_edited()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await TwoSecretsAsync(keep);
        await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = context, AddProject = "gh/acme/other" } });
        Replace(keep, context, (NameId.Of("gh/acme/other").ToString("D"), NameId.Of(KeepTrial.Project).ToString("D")));

        Assert.Contains("is stored as something else than the ledger recorded last", await FaultAsync(keep), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_state_that_was_put_back()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await TwoSecretsAsync(keep);
        var old = await File.ReadAllBytesAsync(keep.FileOf(context), KeepTrial.Cancel);
        await keep.SetAsync(context, "A", "a-newer-value");
        await File.WriteAllBytesAsync(keep.FileOf(context), old, KeepTrial.Cancel);

        Assert.Contains("an older state was put back", await FaultAsync(keep), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_that_was_taken_away()
    {
        await using var keep = await KeepTrial.StartAsync();
        File.Delete(keep.FileOf(await TwoSecretsAsync(keep)));

        Assert.Contains("is gone from", await FaultAsync(keep), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secrets_of_another_keep()
    {
        await using var keep = await KeepTrial.StartAsync();
        await using var other = await KeepTrial.StartAsync();
        await other.SetAsync(KeepTrial.OfProject(), "A", "some-value-1");
        Directory.CreateDirectory(keep.Folder.VaultPath);
        File.Copy(other.FileOf(KeepTrial.OfProject()), keep.FileOf(KeepTrial.OfProject()));

        var e = await Assert.ThrowsAsync<KeepException>(() => keep.Client.ReleaseAsync(KeepTrial.ReleaseOf(), KeepTrial.Cancel));

        Assert.Contains("the ledger does not know it", e.Message, StringComparison.Ordinal);
        Assert.Contains("is sealed to the key of another keep", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_was_sealed_to_another_keep()
    {
        await using var keep = await KeepTrial.StartAsync();
        using var key = SealingKey.Create();

        var answer = await keep.SetAsync(KeepTrial.OfProject(), "A", "some-value-1", key: key.Public);

        Assert.Contains($"is sealed to the key {key.Public.Id}; this keep has the key", answer.Refused.Sentences[0], StringComparison.Ordinal);
        Assert.DoesNotContain(keep.Entries(), e => e.Kind == LedgerKind.SecretSet);
    }

    [Fact]
    [Rule("ACT-9")]
    public async Task A_request_that_is_sent_again()
    {
        await using var keep = await KeepTrial.StartAsync();
        await TwoSecretsAsync(keep);
        using var once = SealingKey.Create();
        var signed = Sign(keep, keep.Signer, once, keep.Clock.GetUtcNow().AddMinutes(2));

        Assert.Equal(KeepAnswer.KindOneofCase.Granted, (await keep.Client.SendAsync(signed, KeepTrial.Cancel)).KindCase);
        Assert.Equal(RefusalKind.Replayed, (await keep.Client.SendAsync(signed, KeepTrial.Cancel)).Refused.Kind);

        // The ledger remembers, not the process.
        await keep.OpenAsync(null);
        Assert.Equal(RefusalKind.Replayed, (await keep.Client.SendAsync(signed, KeepTrial.Cancel)).Refused.Kind);
    }

    [Theory]
    [Rule("ACT-9")]
    [InlineData(-1)]
    [InlineData(6)]
    public async Task A_request_that_is_no_longer_or_for_too_long_valid(int minutes)
    {
        await using var keep = await KeepTrial.StartAsync();
        using var once = SealingKey.Create();

        var answer = await keep.Client.SendAsync(Sign(keep, keep.Signer, once, keep.Clock.GetUtcNow().AddMinutes(minutes)), KeepTrial.Cancel);

        Assert.Equal(RefusalKind.Expired, answer.Refused.Kind);
    }

    [Fact]
    public async Task A_request_of_a_stranger()
    {
        await using var keep = await KeepTrial.StartAsync();
        using var stranger = SigningKey.Create();
        using var once = SealingKey.Create();
        var own = Sign(keep, keep.Signer, once, keep.Clock.GetUtcNow().AddMinutes(1));

        foreach (var signed in (SignedRequest[])[Sign(keep, stranger, once, keep.Clock.GetUtcNow().AddMinutes(1)), new SignedRequest(own) { Request = ByteString.CopyFromUtf8("x") }, new SignedRequest(own) { Signature = ByteString.Empty }])
            Assert.Equal(RefusalKind.Stranger, (await keep.Client.SendAsync(signed, KeepTrial.Cancel)).Refused.Kind);
    }

    [Fact]
    public async Task A_ledger_that_was_cut_off()
    {
        await using var keep = await KeepTrial.StartAsync();
        await TwoSecretsAsync(keep);
        var path = Ledger.PathIn(keep.Folder.Path);
        await File.WriteAllLinesAsync(path, (await File.ReadAllLinesAsync(path, KeepTrial.Cancel))[..^1], KeepTrial.Cancel);

        Assert.Contains("the ledger was cut off after entry", await FaultAsync(keep), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keep_that_was_interrupted_between_recording_and_storing()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await TwoSecretsAsync(keep);
        var old = await File.ReadAllBytesAsync(keep.FileOf(context), KeepTrial.Cancel);
        await keep.SetAsync(context, "A", "a-newer-value");
        File.Move(keep.FileOf(context), keep.FileOf(context) + ".next");
        await File.WriteAllBytesAsync(keep.FileOf(context), old, KeepTrial.Cancel);

        Assert.Equal("a-newer-value", (await keep.GrantedAsync(KeepTrial.ReleaseOf("release")))["A"]);
    }

    [Fact]
    public async Task What_is_recorded_and_not_in_place_yet_is_not_called_tampering()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await TwoSecretsAsync(keep);
        var old = await File.ReadAllBytesAsync(keep.FileOf(context), KeepTrial.Cancel);
        await keep.SetAsync(context, "C", "some-value-3");
        File.Move(keep.FileOf(context), keep.FileOf(context) + ".next");
        await File.WriteAllBytesAsync(keep.FileOf(context), old, KeepTrial.Cancel);

        var stored = StoredSecrets.Read(keep.Folder);

        Assert.Empty(stored.Warnings);
        Assert.Equal(3, Assert.Single(stored.Owners).Living.Count());
    }

    [Fact]
    public async Task A_keep_that_was_interrupted_between_recording_and_deleting()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await TwoSecretsAsync(keep);
        var old = await File.ReadAllBytesAsync(keep.FileOf(context), KeepTrial.Cancel);
        await keep.DoAsync(new KeepRequest { DeleteContext = new DeleteContext { Owner = context } });
        await File.WriteAllBytesAsync(keep.FileOf(context), old, KeepTrial.Cancel);

        Assert.Empty(StoredSecrets.Read(keep.Folder).Warnings);
        await keep.OpenAsync(null);
        Assert.False(File.Exists(keep.FileOf(context)));
    }

    [Fact]
    public async Task A_copy_of_a_context_under_another_name()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await TwoSecretsAsync(keep);
        File.Copy(keep.FileOf(context), Path.Combine(keep.Folder.VaultPath, "context-copy.json"));

        Assert.True(Assert.Throws<VaultException>(() => StoredSecrets.Read(keep.Folder)).IsTampered);
    }

    [Fact]
    public async Task A_change_that_cannot_be_put_in_place()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await TwoSecretsAsync(keep);
        var old = await File.ReadAllBytesAsync(keep.FileOf(context), KeepTrial.Cancel);
        File.Delete(keep.FileOf(context));
        Directory.CreateDirectory(Path.Combine(keep.FileOf(context), "in the way"));

        // The file reads as missing; what matters is that the keep says so and lives.
        Assert.Equal(RefusalKind.Tampered, (await keep.SetAsync(context, "A", "a-newer-value")).Refused.Kind);
        Directory.Delete(keep.FileOf(context), recursive: true);
        await File.WriteAllBytesAsync(keep.FileOf(context), old, KeepTrial.Cancel);
        Assert.Equal(2, (await keep.GrantedAsync(KeepTrial.ReleaseOf("release"))).Count);
    }

    private static SignedRequest Sign(KeepTrial keep, SigningKey signer, SealingKey once, DateTimeOffset expires)
    {
        var release = KeepTrial.ReleaseOf("release");
        release.OneTimeKey = ByteString.CopyFrom(once.Public.Bytes.Span);
        var request = new KeepRequest { Id = Guid.NewGuid().ToString("N"), ExpiresAt = expires.ToUnixTimeMilliseconds(), Release = release }.ToByteString();
        return new SignedRequest { Request = request, Signature = ByteString.CopyFrom(signer.Sign(request.Span)), Signer = ByteString.CopyFrom(signer.Public.Bytes.Span) };
    }

    private static async Task<Owner> TwoSecretsAsync(KeepTrial keep)
    {
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "A", "some-value-1");
        await keep.SetAsync(context, "B", "some-value-2");
        return context;
    }

    private static async Task<string> FaultAsync(KeepTrial keep) =>
        (await Assert.ThrowsAsync<KeepException>(() => keep.Client.ReleaseAsync(KeepTrial.ReleaseOf("release"), KeepTrial.Cancel))).Message;

    private static VaultVariable Stored(KeepTrial keep, Owner owner, string name) => keep.Folder.Vault.Find(KeepTrial.KeyOf(owner))!.Find(name)!;

    private static void Replace(KeepTrial keep, Owner owner, params (string Old, string New)[] changes)
    {
        // JSON writes the plus sign of Base64 as an escape.
        var text = File.ReadAllText(keep.FileOf(owner)).Replace("\\u002B", "+", StringComparison.Ordinal);
        foreach (var (old, now) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, now, StringComparison.Ordinal);
        }

        File.WriteAllText(keep.FileOf(owner), text);
    }
}
