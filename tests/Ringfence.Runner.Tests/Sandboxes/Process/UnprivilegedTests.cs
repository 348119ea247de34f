using Ringfence.Runner.Tests.Sandboxes.Docker;

namespace Ringfence.Runner.Tests.Sandboxes.Process;

/// <summary>Sandboxes as most people have them: started by a user who has no rights.</summary>
public sealed class UnprivilegedTests : IDisposable
{
    private const string User = "64999";

    private readonly string _home = Directory.CreateTempSubdirectory("ringfence-user-").FullName;

    [Fact]
    [Rule("INC-31")]
    public async Task All_that_holds_behind_the_fence_holds_for_a_user_without_rights()
    {
        await TestFence.RequireNetworkAsync();

        await RunAsync(["--clear-groups"], typeof(ProcessConformanceTests), typeof(FencedNetworkTests));
    }

    /// <summary>There the engine has to start what closes the addresses; root does it by itself.</summary>
    [Fact]
    [Rule("INC-31")]
    public async Task Addresses_are_closed_to_containers_also_by_a_user_who_may_use_the_engine_only()
    {
        const string Engine = "/var/run/docker.sock";
        await TestEngine.RequireAsync();
        await TestEngine.RequireNestedAsync();
        Assert.SkipUnless(File.Exists(Engine), $"The engine is not at {Engine}.");
        var (_, group) = await Tool.RunAsync("stat", "-c", "%g", Engine);

        await RunAsync(["--groups", group.Trim()], typeof(DeniedAddressesTests));
    }

    /// <summary>Runs tests of this program as that user.</summary>
    private async Task RunAsync(string[] groups, params Type[] tests)
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root becomes another user; for any other the tests themselves are this test.");
        await StaticAgent.FolderAsync();
        File.SetUnixFileMode(_home, (UnixFileMode)Convert.ToInt32("1777", 8));
        string[] become = ["--reuid", User, "--regid", User, .. groups, "--inh-caps=-all", "env", $"HOME={_home}", $"TMPDIR={_home}"];
        var (canRead, _) = await Tool.RunAsync("setpriv", [.. become, "test", "-x", Environment.ProcessPath!]);
        Assert.SkipUnless(canRead == 0, $"Other users may not read {Environment.ProcessPath}.");

        var (code, printed) = await Tool.RunAsync("setpriv", [.. become, Environment.ProcessPath!, "-noLogo", "-noColor", "-failSkips", .. tests.SelectMany(test => (string[])["-class", test.FullName!])]);

        Assert.True(code == 0, printed);
        Assert.Contains("Failed: 0, Skipped: 0", printed, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
