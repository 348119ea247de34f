using Ringfence.Keep.Asking;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;

namespace Ringfence.Keep.Tests.Serving;

/// <summary>An older copy of the keep's folder and the vault, which agree with each other, is put back.</summary>
[Rule("INC-9")]
public sealed class OlderCopyTests
{
    [Fact]
    public async Task Releases_nothing_and_changes_nothing()
    {
        await using var keep = await RolledBackAsync();

        var e = await Assert.ThrowsAsync<KeepException>(() => keep.OpenAsync(null));

        Assert.Equal(
            $"By {keep.Folder.Memory.Path} the ledger has had the entry 4, and {Ledger.PathIn(keep.Folder.Path)} ends at entry 3: an older copy of the keep was put back, or entries were taken away. "
            + "Nothing is released until that is settled: 'ringfence ledger verify' shows more. Bring the newer keep back; if a backup was restored on purpose, 'ringfence ledger accept' goes on from it.", e.Message);
        await Assert.ThrowsAsync<LedgerException>(() => new KeyChanges(keep.Folder, null, keep.Clock).RotateAsync(KeepTrial.Cancel));
        Assert.Equal(3, keep.Entries().Count);
    }

    [Fact]
    public async Task Is_noticed_by_a_keep_that_is_at_work()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await FillAsync(keep);
        keep.Copy("copy");
        await using var other = await keep.AnotherAsync();
        await other.DoAsync(NarrowTo("gh/acme/other", context));
        keep.PutBack("copy");

        // This one has read no more than what was put back, so only the memory tells.
        var e = await Assert.ThrowsAsync<KeepException>(() => keep.Client.ReleaseAsync(KeepTrial.ReleaseOf("release"), KeepTrial.Cancel));

        Assert.Contains("an older copy of the keep was put back", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_noticed_by_what_runs_have_kept_alone()
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await FillAsync(keep);
        keep.Copy("copy");
        await keep.DoAsync(NarrowTo("gh/acme/other", context));
        var head = LedgerHead.Parse(keep.Client.LedgerHead)!;
        keep.PutBack("copy");
        File.Delete(keep.Folder.Memory.Path);

        var e = await Assert.ThrowsAsync<LedgerException>(() => OpenAsync(keep.Folder with { HeadsOfRuns = [head] }, keep));

        Assert.StartsWith("By the record of a run the ledger has had the entry 4, and ", e.Message, StringComparison.Ordinal);
        (await OpenAsync(keep.Folder, keep)).Dispose();
    }

    [Fact]
    public async Task Is_noticed_when_it_has_grown_as_long_again()
    {
        await using var keep = await RolledBackAsync();
        var memory = await File.ReadAllBytesAsync(keep.Folder.Memory.Path, KeepTrial.Cancel);
        File.Delete(keep.Folder.Memory.Path);
        await keep.OpenAsync(null);
        await keep.MakeContextAsync("another");
        await keep.MakeContextAsync("one more");
        await File.WriteAllBytesAsync(keep.Folder.Memory.Path, memory, KeepTrial.Cancel);

        var e = await Assert.ThrowsAsync<KeepException>(() => keep.OpenAsync(null));

        Assert.Contains("the ledger has had the entry 4, and", e.Message, StringComparison.Ordinal);
        Assert.Contains("has another one in its place", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4:")]
    [InlineData("what is this")]
    [InlineData("a directory")]
    public async Task A_memory_that_tells_nothing_denies(string content)
    {
        await using var keep = await KeepTrial.StartAsync();
        await FillAsync(keep);
        File.Delete(keep.Folder.Memory.Path);
        if (content == "a directory")
            Directory.CreateDirectory(keep.Folder.Memory.Path);
        else
            await File.WriteAllTextAsync(keep.Folder.Memory.Path, content, KeepTrial.Cancel);

        var e = await Assert.ThrowsAsync<KeepException>(() => keep.Client.ReleaseAsync(KeepTrial.ReleaseOf("release"), KeepTrial.Cancel));

        Assert.Contains(keep.Folder.Memory.Path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_accepted_by_a_person_once_and_for_these_entries_only()
    {
        await using var keep = await RolledBackAsync();
        var older = OlderLedger.Find(keep.Folder, keep.Folder.Memory.Heads().Select(known => known.Head));
        Assert.Equal(3, older.Head.Number);
        Assert.Equal(4, Assert.Single(older.Lacking).Number);

        await older.AcceptAsync(keep.Folder, null, keep.Clock, KeepTrial.Cancel);

        await keep.OpenAsync(null);
        Assert.Single(await keep.GrantedAsync(KeepTrial.ReleaseOf("release")));
        var accepted = keep.Entries()[3];
        Assert.Equal(LedgerKind.OlderAccepted, accepted.Kind);
        Assert.Equal([older.Lacking[0].ToString()], accepted.GivenUp!.Value);
        Assert.StartsWith("went on from entry 3, and gave up the entries that led to 4:", accepted.Text, StringComparison.Ordinal);

        // The record of a run from before does not bring it up again; what is rolled back after it does.
        var of = keep.Folder with { HeadsOfRuns = older.Lacking };
        (await OpenAsync(of, keep)).Dispose();
        Assert.Empty(StoredSecrets.Read(of).Warnings);
        Assert.Empty(OlderLedger.Find(keep.Folder, older.Lacking).Lacking);
        keep.PutBack("copy");
        await Assert.ThrowsAsync<KeepException>(() => keep.OpenAsync(null));
    }

    [Fact]
    public async Task A_memory_that_was_damaged_is_given_up_with_the_entry_that_says_so_and_not_before()
    {
        await using var keep = await KeepTrial.StartAsync("correct horse");
        await File.WriteAllTextAsync(keep.Folder.Memory.Path, "what is this", KeepTrial.Cancel);
        var older = OlderLedger.Find(keep.Folder, []) with { IsMemoryDamaged = true };
        using var wrong = new SecretValue("wrong horse");
        using var right = new SecretValue("correct horse");

        await Assert.ThrowsAsync<SealingException>(() => older.AcceptAsync(keep.Folder, wrong, keep.Clock, KeepTrial.Cancel));
        Assert.Equal("what is this", await File.ReadAllTextAsync(keep.Folder.Memory.Path, KeepTrial.Cancel));

        await older.AcceptAsync(keep.Folder, right, keep.Clock, KeepTrial.Cancel);
        Assert.Equal("went on from entry 1; what was remembered of it could not be read", keep.Entries()[^1].Text);
        Assert.Equal(2, keep.Folder.Memory.Read().Number);
        await keep.OpenAsync(right);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_acceptance_that_was_interrupted_goes_on_or_is_done_again(bool isNoted)
    {
        await using var keep = await RolledBackAsync();
        var (memory, note) = (await File.ReadAllBytesAsync(keep.Folder.Memory.Path, KeepTrial.Cancel), await File.ReadAllBytesAsync(Ledger.HeadPath(keep.Folder.Path), KeepTrial.Cancel));
        var older = OlderLedger.Find(keep.Folder, keep.Folder.Memory.Heads().Select(known => known.Head));
        await older.AcceptAsync(keep.Folder, null, keep.Clock, KeepTrial.Cancel);
        await File.WriteAllBytesAsync(keep.Folder.Memory.Path, memory, KeepTrial.Cancel);
        if (!isNoted)
            await File.WriteAllBytesAsync(Ledger.HeadPath(keep.Folder.Path), note, KeepTrial.Cancel);

        await keep.OpenAsync(null);

        Assert.Single(await keep.GrantedAsync(KeepTrial.ReleaseOf("release")));
        Assert.Equal(LedgerKind.OlderAccepted, keep.Entries()[3].Kind);
    }

    [Fact]
    public async Task Is_not_called_whole_when_its_own_note_is_gone()
    {
        await using var keep = await RolledBackAsync();
        File.Delete(Ledger.HeadPath(keep.Folder.Path));

        Assert.Contains("is gone", Assert.Throws<LedgerException>(() => OlderLedger.Find(keep.Folder, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_accepted_with_more_missing_than_was_seen()
    {
        await using var keep = await RolledBackAsync();
        var older = OlderLedger.Find(keep.Folder, []);

        await Assert.ThrowsAsync<LedgerException>(() => older.AcceptAsync(keep.Folder, null, keep.Clock, KeepTrial.Cancel));

        Assert.Equal(3, keep.Entries().Count);
    }

    [Fact]
    public async Task Shows_to_who_reads_without_the_keys()
    {
        await using var keep = await RolledBackAsync();

        Assert.Contains("or an older copy was put back", Assert.Single(StoredSecrets.Read(keep.Folder).Warnings), StringComparison.Ordinal);

        // Nobody may take the copy's word for it that a project has no secrets.
        Assert.True(new ProjectSecrets(keep.Folder, "gh/acme/app").MayBeThere(installsKeys: false));
        Directory.Delete(keep.Folder.Path, recursive: true);
        Directory.Delete(keep.Folder.VaultPath, recursive: true);
        Assert.True(new ProjectSecrets(keep.Folder, "gh/acme/app").MayBeThere(installsKeys: false));
        Assert.Contains("The keep has gone, with all that it kept", keep.Folder.WhatIsGone, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => keep.Folder.CreateAsync(null, keep.Signer.Public, keep.Clock, KeepTrial.Cancel));
    }

    private static async Task<KeepTrial> RolledBackAsync()
    {
        var keep = await KeepTrial.StartAsync();
        var context = await FillAsync(keep);
        keep.Copy("copy");
        await keep.DoAsync(NarrowTo("gh/acme/other", context));
        keep.PutBack("copy");
        return keep;
    }

    private static async Task<Owner> FillAsync(KeepTrial keep)
    {
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "A", "some-value-1");
        return context;
    }

    private static KeepRequest NarrowTo(string project, Owner context) => new() { EditPolicy = new EditPolicy { Owner = context, AddProject = project } };

    private static async Task<FrontDesk> OpenAsync(KeepFolder folder, KeepTrial keep) =>
        await FrontDesk.OpenAsync(folder, KeyFile.Read(folder.KeyFile, null), keep.Clock, KeepTrial.Cancel);
}
