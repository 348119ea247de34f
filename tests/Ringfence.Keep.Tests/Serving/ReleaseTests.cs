using System.Text;
using Ringfence.Access.Names;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;

namespace Ringfence.Keep.Tests.Serving;

public sealed class ReleaseTests
{
    [Fact]
    [Rule("INC-1", "INC-2", "INC-3", "INC-4", "INC-16")]
    public async Task Gives_a_job_what_its_contexts_hold_and_stores_it_sealed_only()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "NPM_TOKEN", "npm_planted-secret-1234567890");

        Assert.Equal("npm_planted-secret-1234567890", (await keep.GrantedAsync(KeepTrial.ReleaseOf("release")))["NPM_TOKEN"]);

        foreach (var file in Directory.EnumerateFiles(keep.Root, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("planted-secret", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, KeepTrial.Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    [Rule("CTX-20", "CTX-21")]
    public async Task Lets_later_contexts_win_over_earlier_ones_and_all_over_the_project()
    {
        await using var keep = await KeepTrial.StartAsync();
        var (one, two) = (await keep.MakeContextAsync("one"), await keep.MakeContextAsync("two"));
        await keep.SetAsync(KeepTrial.OfProject(), "A", "project-value");
        await keep.SetAsync(KeepTrial.OfProject(), "B", "project-value");
        await keep.SetAsync(KeepTrial.OfProject(), "C", "project-value");
        await keep.SetAsync(one, "B", "value-of-one");
        await keep.SetAsync(one, "C", "value-of-one");
        await keep.SetAsync(two, "C", "value-of-two");

        var granted = await keep.GrantedAsync(KeepTrial.ReleaseOf("one", "two"));
        var turned = await keep.GrantedAsync(KeepTrial.ReleaseOf("two", "one"));

        Assert.Equal(("project-value", "value-of-one", "value-of-two"), (granted["A"], granted["B"], granted["C"]));
        Assert.Equal("value-of-one", turned["C"]);
        Assert.Equal("value-of-one", (await keep.GrantedAsync(KeepTrial.ReleaseOf("one", "two", "one")))["C"]);
    }

    [Fact]
    [Rule("CTX-3")]
    public async Task Refuses_more_than_an_answer_holds_before_it_records_a_grant()
    {
        await using var keep = await KeepTrial.StartAsync();
        string[] names = ["one", "two", "three", "four", "five", "six"];
        foreach (var name in names)
            await FillAsync(keep, await keep.MakeContextAsync(name), name);
        await keep.OpenAsync(null);

        var e = await Assert.ThrowsAsync<KeepException>(() => keep.Client.ReleaseAsync(KeepTrial.ReleaseOf(names), KeepTrial.Cancel));

        Assert.Contains("bytes together: name fewer contexts", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(keep.Entries(), entry => entry.Kind == LedgerKind.Grant);
        Assert.Equal(100, (await keep.GrantedAsync(KeepTrial.ReleaseOf("six"))).Count);
    }

    [Fact]
    [Rule("INC-9", "INC-17", "INC-27", "ACT-9")]
    public async Task Records_the_grant_with_all_that_ran_in_the_job()
    {
        await using var keep = await KeepTrial.StartAsync();
        await keep.SetAsync(await keep.MakeContextAsync("release"), "NPM_TOKEN", "npm_planted-secret");
        await keep.GrantedAsync(KeepTrial.ReleaseOf("release"));

        var entry = keep.Entries()[^1];

        Assert.Equal(LedgerKind.Grant, entry.Kind);
        Assert.Equal(Environment.UserName, entry.By);
        Assert.Equal(("NPM_TOKEN", "release", 1L), (entry.Variables[0].Name, entry.Variables[0].OwnerName, entry.Variables[0].Version));
        Assert.Equal(("deploy", "c0ffee", "main"), (entry.Job!.Name, entry.Job.Commit, entry.Job.Ref));
        Assert.Equal(["cimg/base:1", "acme/deploy@1.0.0", "build", "push"], entry.Job.Images.Concat(entry.Job.Orbs).Concat(entry.Job.Steps));
        Assert.Equal(entry.Number, long.Parse(keep.Client.LedgerHead.Split(':')[0], null));
    }

    [Fact]
    [Rule("CTX-30", "CTX-33", "CTX-50", "CTX-53", "CTX-54")]
    public async Task Gives_nothing_at_all_when_one_context_is_denied_and_records_why()
    {
        await using var keep = await KeepTrial.StartAsync();
        var (open, closed) = (await keep.MakeContextAsync("open"), await keep.MakeContextAsync("closed"));
        await keep.SetAsync(open, "A", "some-value-1");
        await keep.SetAsync(closed, "B", "some-value-2");
        await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = closed, AddProject = "gh/acme/other" } });

        var denied = await keep.DeniedAsync(KeepTrial.ReleaseOf("open", "closed"));

        Assert.False(denied.IsMissing);
        Assert.Equal(("context_project", "closed"), (denied.Reasons[0].Code, denied.Reasons[0].Owner));
        Assert.NotEmpty(denied.Reasons[0].WhoCanChange);
        var entry = keep.Entries()[^1];
        Assert.Equal((LedgerKind.Denial, "context_project"), (entry.Kind, entry.Reasons[0].Code));
        Assert.Empty(entry.Variables);
    }

    [Fact]
    [Rule("CTX-36", "CTX-34", "CTX-31")]
    public async Task Denies_what_was_revoked_since_the_job_was_scheduled()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "A", "some-value-1");
        await keep.GrantedAsync(KeepTrial.ReleaseOf("release"));

        // A group that nobody who runs tests is in.
        await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = context, AddGroup = "news" } });

        var denied = await keep.DeniedAsync(KeepTrial.ReleaseOf("release"));
        Assert.Equal("context_group", denied.Reasons[0].Code);
    }

    [Fact]
    [Rule("CTX-31")]
    public async Task Lets_in_who_is_in_a_group_of_this_machine()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "A", "some-value-1");
        var own = (await File.ReadAllLinesAsync("/proc/self/status", KeepTrial.Cancel)).First(line => line.StartsWith("Gid:", StringComparison.Ordinal)).Split('\t')[1];
        await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = context, AddGroup = own } });

        Assert.Single(await keep.GrantedAsync(KeepTrial.ReleaseOf("release")));
    }

    [Theory]
    [Rule("EXP-12", "EXP-11")]
    [InlineData("main", false, false, true)]
    [InlineData("main", true, false, false)]
    [InlineData("main", false, true, false)]
    [InlineData("dev", false, false, false)]
    public async Task Evaluates_expressions_itself(string branch, bool ssh, bool api, bool granted)
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "A", "some-value-1");
        await keep.DoAsync(new KeepRequest { EditPolicy = new EditPolicy { Owner = context, IsConfirmed = true, AddExpression = "pipeline.git.branch == \"main\" and not job.ssh.enabled and not (pipeline.config_source starts-with \"api\")" } });
        var release = KeepTrial.ReleaseOf("release");
        release.Values[0].Text = branch;
        (release.IsSshEnabled, release.IsConfigFromApi) = (ssh, api);

        if (granted)
            Assert.Single(await keep.GrantedAsync(release));
        else
            Assert.Contains((await keep.DeniedAsync(release)).Reasons, r => r.Code is "context_expression" or "ssh_without_secrets");
    }

    [Fact]
    [Rule("INC-9")]
    public async Task Gives_nothing_and_changes_nothing_that_it_cannot_record()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "A", "some-value-1");
        var before = keep.Entries().Count;

        // The keep writes its head beside the ledger, and cannot where a folder has the name.
        var inTheWay = Directory.CreateDirectory(Path.Combine(keep.Folder.Path, "ledger.head.new"));
        var released = await Assert.ThrowsAsync<Asking.KeepException>(() => keep.Client.ReleaseAsync(KeepTrial.ReleaseOf("release"), KeepTrial.Cancel));
        var set = await keep.SetAsync(context, "B", "some-value-2");
        inTheWay.Delete();

        Assert.Contains("The ledger cannot be written", released.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Fault, set.Refused.Kind);
        Assert.Equal(["A"], (await keep.GrantedAsync(KeepTrial.ReleaseOf("release"))).Keys);
        Assert.Equal(before + 1, keep.Entries().Count);
    }

    [Fact]
    [Rule("CTX-10")]
    public async Task Says_that_a_context_does_not_exist_also_when_it_was_deleted()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "A", "some-value-1");
        await keep.DoAsync(new KeepRequest { DeleteContext = new DeleteContext { Owner = context } });

        var denied = await keep.DeniedAsync(KeepTrial.ReleaseOf("release"));

        Assert.True(denied.IsMissing);
        Assert.Contains("release", denied.Reasons[0].Sentence, StringComparison.Ordinal);
        Assert.False(File.Exists(keep.FileOf(context)));
    }

    [Theory]
    [Rule("FORK-1", "FORK-2", "FORK-11")]
    [InlineData("gh/evil/app", "refs/heads/main", false)]
    [InlineData("", "refs/heads/main", false)]
    [InlineData("gh/acme/app", "refs/pull/7/head", false)]
    [InlineData("gh/acme/app", "", false)]
    [InlineData("gh/acme/app", "refs/heads/main", true)]
    public async Task Gives_forks_and_what_may_be_one_nothing(string origin, string reference, bool called)
    {
        await using var keep = await KeepTrial.StartAsync();
        await keep.SetAsync(KeepTrial.OfProject(), "A", "some-value-1");
        var release = KeepTrial.ReleaseOf();
        (release.OriginRepository, release.Reference, release.IsCalledFork) = (origin, reference, called);

        Assert.Equal("fork_without_secrets", (await keep.DeniedAsync(release)).Reasons[0].Code);
    }

    [Fact]
    [Rule("ENV-7", "INC-22")]
    public async Task Fences_a_variable_to_the_steps_that_may_have_it()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "FREE", "some-value-1");
        await keep.SetAsync(context, "BUILD", "some-value-2");
        await keep.SetAsync(context, "PUSH", "some-value-3");
        await keep.SetAsync(context, "NOWHERE", "some-value-4");
        foreach (var (name, step) in ((string, FenceStep)[])[("BUILD", new FenceStep { Job = "deploy", Step = "build" }), ("PUSH", new FenceStep { Orb = "acme/deploy" }), ("NOWHERE", new FenceStep { Command = "other" })])
            await keep.DoAsync(new KeepRequest { DescribeSecret = new DescribeSecret { Owner = context, Name = name, Fence = new Fence { Steps = { step } } } });

        var granted = Assert.IsType<Asking.ReleaseAnswer.Granted>(await keep.Client.ReleaseAsync(KeepTrial.ReleaseOf("release"), KeepTrial.Cancel));

        Assert.Equal(["BUILD", "FREE", "PUSH"], granted.Variables.Select(v => v.Name));
        Assert.Equal([[0], null, [1]], granted.Variables.Select(v => v.Steps?.ToArray()));
        Assert.Equal([0], keep.Entries()[^1].Variables[0].Steps!.Value);
    }

    // As many and as long values as a context may have, stored at once: one after the other takes its time.
    private static async Task FillAsync(KeepTrial keep, Owner context, string name)
    {
        using var keys = KeyFile.Read(keep.Folder.KeyFile, null);
        var ledger = await Ledger.OpenAsync(keep.Folder.Path, keep.Folder.Memory, keys.Signing, keep.Clock, KeepTrial.Cancel);
        using var turn = await ledger.TakeTurnAsync(KeepTrial.Cancel);
        var owner = keep.Folder.Vault.Find(KeepTrial.KeyOf(context))!;
        for (var i = 0; i < AccessLimits.VariablesPerContext; i++)
        {
            var variable = $"{name.ToUpperInvariant()}_{i}";
            using var value = new SecretValue(new string('x', AccessLimits.ValueBytes));
            var sealedValue = keys.Sealing.Public.Seal(value, new SealedPlace(owner.Organization, owner.Key, variable, 1));
            owner = owner.With(new VaultVariable { Name = variable, Version = 1, Sealed = sealedValue, Fingerprint = keys.Fingerprints.Of(value) });
        }

        new KeepRoom(keys, keep.Folder.Vault, ledger, keep.Clock).Save(owner, new LedgerEntry { Kind = LedgerKind.SecretSet });
    }
}
