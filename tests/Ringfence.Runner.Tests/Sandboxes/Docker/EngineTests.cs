using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Docker;

namespace Ringfence.Runner.Tests.Sandboxes.Docker;

public sealed class EngineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("unix:///no/such/socket", "No container engine answers at unix:///no/such/socket.", "Install Docker")]
    [InlineData("tcp://127.0.0.1:1", "No container engine answers at tcp://127.0.0.1:1/.", "Install Docker")]
    [InlineData("nonsense", "'nonsense' is not the address of a container engine.", "DOCKER_HOST")]
    [InlineData("carrier://pigeon", "A container engine at carrier://pigeon/ cannot be used", "")]
    public async Task Says_what_is_missing(string host, string sentence, string hint)
    {
        var check = await new DockerSandboxProvider(new DockerOptions { Host = host }).CheckAsync(Cancel);

        Assert.False(check.IsAvailable);
        Assert.StartsWith(sentence, check.Description, StringComparison.Ordinal);
        Assert.Contains(hint, check.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_engine_there_is()
    {
        await TestEngine.RequireAsync();

        Assert.Matches(@"^(Docker|Podman) \d+\.\d+\S* at unix:///", (await TestEngine.Provider.CheckAsync(Cancel)).Description);
    }

    [Fact]
    public async Task Makes_no_machine()
    {
        var request = new SandboxRequest { Id = "a", RunId = "b", AgentFolder = "/none", ScratchFolder = "/none" };

        var failure = await Assert.ThrowsAsync<SandboxException>(() => new DockerSandboxProvider().StartAsync(request, _ => { }, Cancel));

        Assert.Contains("machine", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_its_own_process_and_no_other_of_the_same_number()
    {
        var own = RunOwner.Current;

        Assert.Equal(own, RunOwner.Parse(own.ToString(), own.Place));
        Assert.False(own.HasGone());
        Assert.True((own with { Process = own.Process with { Started = own.Process.Started + "1" } }).HasGone());
        Assert.True((own with { Process = own.Process with { Pid = int.MaxValue } }).HasGone());
        Assert.False(new RunOwner(own.Process with { Pid = int.MaxValue }, "elsewhere").HasGone());
        Assert.Null(RunOwner.Parse("x:y", ""));
        Assert.Null(RunOwner.Parse("1:2", null));
    }
}
