using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Keep.Tests.Serving;

/// <summary>Jobs that get no secrets unless somebody allows it: with SSH, and with the code of forks.</summary>
public sealed class AllowTests
{
    [Fact]
    [Rule("SSH-23", "CTX-54")]
    public async Task Jobs_with_SSH_get_secrets_when_all_that_they_ask_for_allow_it()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "A", "some-value-1");
        await keep.SetAsync(KeepTrial.OfProject(), "B", "some-value-2");
        var release = KeepTrial.ReleaseOf("release");
        release.IsSshEnabled = true;

        Assert.Equal(["project", "release"], (await keep.DeniedAsync(release)).Reasons.Where(r => r.Code == "ssh_without_secrets").Select(r => r.Owner));
        var done = await keep.DoAsync(Allow(context, AllowedJobs.Ssh));
        Assert.Equal("Jobs with SSH get the secrets of the context 'release' from now on.", done.Sentence);
        Assert.Equal((LedgerKind.PolicyChanged, $"{done.Sentence} (opens)", "release"), Last(keep));
        Assert.Equal("project", Assert.Single((await keep.DeniedAsync(release)).Reasons).Owner);
        await keep.DoAsync(Allow(KeepTrial.OfProject(), AllowedJobs.Ssh));

        Assert.Equal(2, (await keep.GrantedAsync(release)).Count);
        Assert.Equal((LedgerKind.Grant, "with SSH"), (keep.Entries()[^1].Kind, keep.Entries()[^1].Text));

        // SSH-21: what is forbidden again holds for the next job.
        await keep.DoAsync(Forbid(context, AllowedJobs.Ssh));
        Assert.Equal((LedgerKind.PolicyChanged, "No jobs with SSH get the secrets of the context 'release' any more.", "release"), Last(keep));
        Assert.Equal("release", Assert.Single((await keep.DeniedAsync(release)).Reasons).Owner);
    }

    [Fact]
    [Rule("FORK-2", "FORK-13")]
    public async Task Forks_get_secrets_when_their_project_allows_it()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "A", "some-value-1");
        var release = KeepTrial.ReleaseOf("release");
        release.IsCalledFork = true;
        Assert.Equal("fork_without_secrets", (await keep.DeniedAsync(release)).Reasons[0].Code);

        // A project that has nothing of its own can decide it too; another one's decision is not about this one.
        await keep.DoAsync(Allow(KeepTrial.OfProject("gh/acme/other"), AllowedJobs.Forks));
        Assert.Equal("fork_without_secrets", (await keep.DeniedAsync(release)).Reasons[0].Code);
        var done = await keep.DoAsync(Allow(KeepTrial.OfProject(), AllowedJobs.Forks));

        Assert.Equal((LedgerKind.PolicyChanged, $"{done.Sentence} (opens)", KeepTrial.Project), Last(keep));
        Assert.Single(await keep.GrantedAsync(release));

        // What else is decided of a context still holds.
        release.IsSshEnabled = true;
        Assert.Equal("ssh_without_secrets", Assert.Single((await keep.DeniedAsync(release)).Reasons).Code);
        release.IsSshEnabled = false;
        await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = context, IsConfirmed = true, AddExpression = "pipeline.git.branch == \"main\"" } });
        Assert.Equal("context_expression", Assert.Single((await keep.DeniedAsync(release)).Reasons).Code);
        await keep.DoAsync(Forbid(KeepTrial.OfProject(), AllowedJobs.Forks));
        Assert.Equal("fork_without_secrets", (await keep.DeniedAsync(release)).Reasons[0].Code);
    }

    [Fact]
    [Rule("SSH-23", "FORK-2")]
    public async Task Nothing_is_allowed_by_mistake_or_by_others()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");

        Assert.Equal(RefusalKind.NeedsConfirmation, await RefusedAsync(keep, Allow(context, AllowedJobs.Ssh, isConfirmed: false)));
        Assert.Equal(RefusalKind.NeedsConfirmation, await RefusedAsync(keep, Allow(KeepTrial.OfProject(), AllowedJobs.Forks, isConfirmed: false)));
        Assert.Equal(RefusalKind.Invalid, await RefusedAsync(keep, Allow(context, AllowedJobs.Forks)));
        Assert.Equal(RefusalKind.Invalid, await RefusedAsync(keep, Allow(context, AllowedJobs.Unknown)));
        Assert.Equal(RefusalKind.Invalid, await RefusedAsync(keep, Forbid(context, AllowedJobs.Ssh)));
        Assert.Equal(RefusalKind.NotFound, await RefusedAsync(keep, Allow(new Owner { ContextId = Guid.NewGuid().ToString(), Organization = KeepTrial.Organization }, AllowedJobs.Ssh)));
        Assert.DoesNotContain(keep.Entries(), e => e.Kind == LedgerKind.PolicyChanged);

        // The file of a context that says so itself is not what the ledger recorded.
        var path = keep.FileOf(context);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, KeepTrial.Cancel)).Replace("\"variables\"", "\"allows_ssh\": true, \"variables\"", StringComparison.Ordinal), KeepTrial.Cancel);
        Assert.True(new Vault(keep.Folder.VaultPath).Find(KeepTrial.KeyOf(context))!.AllowsSsh);
        var release = KeepTrial.ReleaseOf("release");
        release.IsSshEnabled = true;
        await Assert.ThrowsAsync<Asking.KeepException>(() => keep.Client.ReleaseAsync(release, KeepTrial.Cancel));
    }

    private static KeepRequest Allow(Owner owner, AllowedJobs what, bool isConfirmed = true) => new() { AllowSecrets = new AllowSecrets { Owner = owner, What = what, IsAllowed = true, IsConfirmed = isConfirmed } };

    private static KeepRequest Forbid(Owner owner, AllowedJobs what) => new() { AllowSecrets = new AllowSecrets { Owner = owner, What = what } };

    private static (LedgerKind Kind, string Text, string Name) Last(KeepTrial keep) => (keep.Entries()[^1].Kind, keep.Entries()[^1].Text, keep.Entries()[^1].OwnerName);

    private static async Task<RefusalKind> RefusedAsync(KeepTrial keep, KeepRequest request) => (await keep.Client.AskAsync(request, KeepTrial.Cancel)).Refused.Kind;
}
