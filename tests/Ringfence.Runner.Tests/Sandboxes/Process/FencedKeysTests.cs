using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes.Process;

/// <summary>That a fenced job does not get at the keys that the kernel keeps for who started the runner: the session keyring is handed on to every process, whatever its name spaces.</summary>
public sealed class FencedKeysTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("ringfence-keys-").FullName;

    [Fact]
    [Rule("INC-31")]
    public async Task A_fenced_job_has_no_keyrings()
    {
        await TestFence.RequireNetworkAsync();
        Assert.SkipUnless(File.Exists("/usr/bin/keyctl"), "keyutils is not installed.");
        var request = new SandboxRequest { Id = "job-1", RunId = "keys", AgentFolder = await StaticAgent.FolderAsync(), ScratchFolder = _scratch };
        await using var sandbox = await TestFence.Provider.StartAsync(request, _ => { }, TestContext.Current.CancellationToken);

        var outcome = await Outcome.OfAsync(sandbox, """
            keyctl add user ringfence-trial value @s 2>&1
            keyctl request user ringfence-trial 2>&1
            keyctl print @s 2>&1
            cat /proc/keys /proc/key-users 2>/dev/null
            """);

        Assert.Equal(["add_key: Operation not permitted", "request_key: Operation not permitted", "keyctl_read_alloc: Operation not permitted"], outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);
}
