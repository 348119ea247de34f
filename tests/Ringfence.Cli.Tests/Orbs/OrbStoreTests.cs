using System.Text;
using Ringfence.Cli.Orbs;
using Ringfence.Config.Orbs;

namespace Ringfence.Cli.Tests.Orbs;

public sealed class OrbStoreTests : IDisposable
{
    private readonly CommandRun _run = new();

    [Rule("CL-15.2")]
    [Theory]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("1.2.4", null)]
    [InlineData("1.2", "1.2.10")]
    [InlineData("1", "1.12.0")]
    [InlineData("2", "2.0.0")]
    [InlineData("3", null)]
    [InlineData("12", "12.0.0")]
    [InlineData("volatile", "12.0.0")]
    [InlineData("dev:main", "dev:main")]
    [InlineData("dev:other", null)]
    public void Resolves_a_version(string written, string? resolved)
    {
        var store = Store("1.2.3", "1.2.10", "1.2.9", "1.12.0", "2.0.0", "12.0.0", "dev:main");

        var lookup = new StoredOrbs(store).Find(new OrbReference.Registry("acme", "tools", written));

        if (resolved is null)
            Assert.IsType<OrbLookup.Missing>(lookup);
        else
            Assert.Equal($"acme/tools@{resolved}", Assert.IsType<OrbLookup.Found>(lookup).Resolved);
    }

    [Fact]
    public void Gives_content_and_digest()
    {
        var found = (OrbLookup.Found)new StoredOrbs(Store("1.0.0")).Find(new OrbReference.Registry("acme", "tools", "1"));

        Assert.Equal("1.0.0", found.Source.Text);
        Assert.Equal("acme/tools@1.0.0", found.Source.Path);
        Assert.Equal("sha256:92521fc3cbd964bdc9f584a991b89fddaa5754ed1cc96d6d42445338669c1305", found.Digest);
    }

    [Fact]
    public void Takes_no_notice_of_other_files()
    {
        var store = Store("1.0.0");
        foreach (var name in (string[])["notes.txt", "1.x.yml", ".2.0.0.yml.tmp", "9.9.yml"])
            File.WriteAllText(Path.Combine(store.Root, "acme", "tools", name), "");
        Directory.CreateDirectory(Path.Combine(store.Root, "Not-A-Name", "x"));

        Assert.Equal("acme/tools@1.0.0", Assert.Single(store.List()).ToString());
    }

    [Fact]
    public async Task Adds_a_version_once_however_many_try()
    {
        var store = Store();
        Assert.True(OrbVersion.TryParse("acme/tools@1.0.0", out var version, out _));
        var cancel = TestContext.Current.CancellationToken;

        var additions = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => store.Add(version, Encoding.UTF8.GetBytes($"content {i}"), replace: false), cancel)));

        Assert.Single(additions, a => a == OrbAddition.Added);
        Assert.Equal(15, additions.Count(a => a == OrbAddition.WouldChange));
    }

    [Fact]
    public void Shows_a_few_of_many_versions()
    {
        var store = Store([.. Enumerable.Range(1, 20).Select(i => $"1.0.{i}")]);

        var missing = (OrbLookup.Missing)new StoredOrbs(store).Find(new OrbReference.Registry("acme", "tools", "2.1"));

        Assert.Equal(
            "Add it with 'ringfence orb add acme/tools@2.1.0 FILE|DIR'; the orb store has acme/tools 1.0.20, 1.0.19, 1.0.18, 1.0.17, 1.0.16, 1.0.15, 1.0.14, 1.0.13 and 12 more.",
            missing.Hint);
    }

    public void Dispose() => _run.Dispose();

    private OrbStore Store(params string[] versions)
    {
        var store = new OrbStore(Path.Combine(_run.Folder, "store"));
        foreach (var version in versions)
        {
            Assert.True(OrbVersion.TryParse($"acme/tools@{version}", out var parsed, out _));
            store.Add(parsed, Encoding.UTF8.GetBytes(version), replace: false);
        }

        return store;
    }
}
