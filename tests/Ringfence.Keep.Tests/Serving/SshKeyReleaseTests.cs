using Google.Protobuf;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Ssh;

namespace Ringfence.Keep.Tests.Serving;

/// <summary>The additional SSH keys of a project in the keep (EX-7.61).</summary>
public sealed class SshKeyReleaseTests
{
    [Fact]
    [Rule("EX-7.61")]
    public async Task Are_released_to_the_jobs_that_have_a_step_for_them()
    {
        await using var keep = await KeepTrial.StartAsync();
        var first = await MakeAsync(keep, "one.example.com");
        var second = await MakeAsync(keep, "two.example.com");

        Assert.Empty(await GrantedAsync(keep, KeepTrial.ReleaseOf()));
        Assert.Equal([first, second], await GrantedAsync(keep, Installing()));
        Assert.Equal([second], await GrantedAsync(keep, Installing(Stored(keep, second).Md5)));
        Assert.Equal([first], await GrantedAsync(keep, Installing(first)));
        Assert.Empty(await GrantedAsync(keep, Installing("SHA256:" + new string('A', 43))));

        var grants = keep.Entries().Where(e => e.Kind == LedgerKind.Grant).ToList();
        Assert.Equal([0, 2, 1, 1, 0], grants.Select(e => e.Variables.Length));
        Assert.Equal($"ssh-key:{second}", grants[2].Variables[0].Name);
        Assert.Equal([2], grants[2].Variables[0].Steps!.Value);
    }

    [Fact]
    [Rule("EX-7.61", "FORK-2", "CTX-54")]
    public async Task Are_denied_as_other_secrets_are()
    {
        await using var keep = await KeepTrial.StartAsync();
        await MakeAsync(keep, "one.example.com");
        var fork = Installing();
        fork.IsCalledFork = true;

        Assert.Contains("forks get no secrets", (await keep.DeniedAsync(fork)).Reasons[0].Sentence, StringComparison.Ordinal);
        await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = KeepTrial.OfProject(), AddExpression = "pipeline.git.branch == \"release\"" } });
        Assert.Equal("context_expression", (await keep.DeniedAsync(Installing())).Reasons[0].Code);

        // Who asks for no key is not held back by what lies on them.
        Assert.Empty(await GrantedAsync(keep, KeepTrial.ReleaseOf()));
    }

    [Fact]
    [Rule("EX-7.61", "INC-2")]
    public async Task Are_taken_sealed_for_their_place_and_fingerprint()
    {
        await using var keep = await KeepTrial.StartAsync();
        using var text = OpenSshKey.Create("mine");
        Assert.True(SshKeyText.TryRead(text, out var key, out var tidy, out _));
        using var same = tidy;
        var sha256 = key.Fingerprints.Sha256;

        Assert.Equal(RefusalKind.Invalid, (await AddAsync(keep, text, sha256, sealedFor: "SHA256:" + new string('A', 43))).Refused.Kind);
        Assert.Equal(RefusalKind.Invalid, (await AddAsync(keep, text, "SHA256:" + new string('A', 43))).Refused.Kind);
        Assert.Equal(sha256, (await AddAsync(keep, text, sha256)).Done.Id);
        Assert.Contains("has this key already, for git.example.com", (await AddAsync(keep, text, sha256)).Refused.Sentences[0], StringComparison.Ordinal);

        var granted = Assert.IsType<ReleaseAnswer.Granted>(await keep.Client.ReleaseAsync(Installing(), KeepTrial.Cancel));
        Assert.True(Assert.Single(granted.SshKeys).Value.FixedTimeEquals(text));
        Assert.Equal(("git.example.com", key.Fingerprints), (granted.SshKeys[0].Host, granted.SshKeys[0].Fingerprints));
    }

    [Theory]
    [Rule("SSH-2")]
    [InlineData("", false, "needs the name of the host")]
    [InlineData("example.com", true, "not both")]
    [InlineData("*.example.com", false, "no port and no pattern")]
    [InlineData("example.com\nProxyCommand sh", false, "no port and no pattern")]
    [InlineData("-oProxyCommand", false, "no port and no pattern")]
    public async Task Are_for_one_host_or_on_purpose_for_every(string host, bool isForEvery, string why)
    {
        await using var keep = await KeepTrial.StartAsync();

        var answer = await keep.Client.AskAsync(new KeepRequest { AddSshKey = new AddSshKey { Owner = KeepTrial.OfProject(), Host = host, IsForEveryHost = isForEvery } }, KeepTrial.Cancel);

        Assert.Contains(why, answer.Refused.Sentences[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Belong_to_projects_and_go_when_they_are_removed()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        var sha256 = await MakeAsync(keep, "one.example.com");

        var ofContext = await keep.Client.AskAsync(new KeepRequest { AddSshKey = new AddSshKey { Owner = context, Host = "example.com" } }, KeepTrial.Cancel);
        Assert.Contains("belong to projects", ofContext.Refused.Sentences[0], StringComparison.Ordinal);
        var unknown = await keep.Client.AskAsync(new KeepRequest { RemoveSshKey = new RemoveSshKey { Owner = KeepTrial.OfProject(), Fingerprint = "SHA256:x" } }, KeepTrial.Cancel);
        Assert.Equal(RefusalKind.NotFound, unknown.Refused.Kind);
        await keep.DoAsync(new KeepRequest { RemoveSshKey = new RemoveSshKey { Owner = KeepTrial.OfProject(), Fingerprint = Stored(keep, sha256).Md5 } });

        Assert.Empty(await GrantedAsync(keep, Installing()));
        Assert.Equal([LedgerKind.SecretSet, LedgerKind.SecretRemoved], keep.Entries().Where(e => e.Variables.Any(v => v.Name == $"ssh-key:{sha256}")).Select(e => e.Kind));
    }

    [Fact]
    [Rule("INC-2", "INC-11")]
    public async Task Are_sealed_anew_to_a_new_key_and_not_released_when_they_were_changed()
    {
        await using var keep = await KeepTrial.StartAsync();
        var sha256 = await MakeAsync(keep, "one.example.com");

        Assert.Equal(1, await new KeyChanges(keep.Folder, null, keep.Clock).RotateAsync(KeepTrial.Cancel));
        await keep.OpenAsync(null);
        Assert.Equal(keep.Client.PublicKey.Id, SealingKey.ReceiverOf(Stored(keep, sha256).Sealed));
        Assert.Equal([sha256], await GrantedAsync(keep, Installing()));

        var path = keep.FileOf(KeepTrial.OfProject());
        var stored = Convert.ToBase64String(Stored(keep, sha256).Sealed);
        var bytes = Convert.FromBase64String(stored);
        bytes[^1] ^= 1;
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, KeepTrial.Cancel)).Replace(stored, Convert.ToBase64String(bytes), StringComparison.Ordinal), KeepTrial.Cancel);
        var e = await Assert.ThrowsAsync<KeepException>(() => keep.Client.ReleaseAsync(Installing(), KeepTrial.Cancel));
        Assert.Contains($"The SSH key {sha256} does not open", e.Message, StringComparison.Ordinal);
    }

    private static Release Installing(params string[] fingerprints)
    {
        var release = KeepTrial.ReleaseOf();
        release.Job.Steps.Add(new Step { Kind = "add_ssh_keys", Name = "Installing additional ssh keys", IsOfConfig = true, Fingerprints = { fingerprints } });
        return release;
    }

    private static async Task<string> MakeAsync(KeepTrial keep, string host) =>
        (await keep.DoAsync(new KeepRequest { AddSshKey = new AddSshKey { Owner = KeepTrial.OfProject(), Host = host } })).Id;

    private static Task<KeepAnswer> AddAsync(KeepTrial keep, SecretValue text, string sha256, string? sealedFor = null)
    {
        var bytes = keep.Client.PublicKey.Seal(text, VaultSshKey.PlaceOf(KeepTrial.Organization, KeepTrial.KeyOf(KeepTrial.OfProject()), sealedFor ?? sha256));
        return keep.Client.AskAsync(new KeepRequest { AddSshKey = new AddSshKey { Owner = KeepTrial.OfProject(), Host = "git.example.com", Sha256 = sha256, Sealed = ByteString.CopyFrom(bytes) } }, KeepTrial.Cancel);
    }

    private static async Task<string[]> GrantedAsync(KeepTrial keep, Release release) =>
        [.. Assert.IsType<ReleaseAnswer.Granted>(await keep.Client.ReleaseAsync(release, KeepTrial.Cancel)).SshKeys.Select(k => k.Fingerprints.Sha256)];

    private static VaultSshKey Stored(KeepTrial keep, string sha256) => keep.Folder.Vault.Find(KeepTrial.KeyOf(KeepTrial.OfProject()))!.SshKeys.Single(k => k.Sha256 == sha256);
}
