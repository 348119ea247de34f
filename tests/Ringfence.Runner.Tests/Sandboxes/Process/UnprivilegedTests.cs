namespace Ringfence.Runner.Tests.Sandboxes.Process;

/// <summary>The fence as most people have it: started by a user who has no rights.</summary>
public sealed class UnprivilegedTests : IDisposable
{
    private const string User = "64999";

    private readonly string _home = Directory.CreateTempSubdirectory("ringfence-user-").FullName;

    [Fact]
    [Rule("INC-31")]
    public async Task All_that_holds_behind_the_fence_holds_for_a_user_without_rights()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root becomes another user; for any other the tests of the fence are this test.");
        await TestFence.RequireNetworkAsync();
        await StaticAgent.FolderAsync();
        File.SetUnixFileMode(_home, (UnixFileMode)Convert.ToInt32("1777", 8));
        string[] become = ["--reuid", User, "--regid", User, "--clear-groups", "--inh-caps=-all", "env", $"HOME={_home}", $"TMPDIR={_home}"];
        var (canRead, _) = await Tool.RunAsync("setpriv", [.. become, "test", "-x", Environment.ProcessPath!]);
        Assert.SkipUnless(canRead == 0, $"Other users may not read {Environment.ProcessPath}.");

        var (code, printed) = await Tool.RunAsync(
            "setpriv", [.. become, Environment.ProcessPath!, "-noLogo", "-noColor", "-failSkips", "-class", typeof(ProcessConformanceTests).FullName!, "-class", typeof(FencedNetworkTests).FullName!]);

        Assert.True(code == 0, printed);
        Assert.Contains("Failed: 0, Skipped: 0", printed, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
