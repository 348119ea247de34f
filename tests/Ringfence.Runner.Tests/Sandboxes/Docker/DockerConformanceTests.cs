using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes.Docker;

/// <summary>What every kind of sandbox has to do, with containers.</summary>
public sealed class DockerConformanceTests(SharedSandbox shared) : SandboxConformanceTests(shared)
{
    protected override ISandboxProvider Provider => TestEngine.Provider;

    protected override ContainerRequest Image(string kind) => TestEngine.Image(kind);

    [Fact]
    [Rule("EX-9.1")]
    public async Task Two_jobs_do_not_reach_each_other()
    {
        var one = await StartAsync();
        var two = await StartAsync(await ARequestAsync() with { Id = "job-2", RunId = RunId + "-2" });
        using var listening = await Outcome.StartAsync(one, "httpd -f -p 8080 -h /etc");
        var address = (await Outcome.OfAsync(one, "hostname -i")).Output.Trim();
        var name = $"ringfence-{RunId}-job-1-1";

        var self = await Outcome.OfAsync(one, $"until wget -qO- http://{address}:8080/group; do sleep 0.1; done 2>/dev/null; wget -qO- http://localhost:8080/group");
        var other = await Outcome.OfAsync(two, $"for host in {address} {name}; do wget -T 2 -qO- http://$host:8080/group || ping -c 1 -W 1 $host >/dev/null || echo unreachable; done 2>/dev/null");

        Assert.Equal("root:x:0:\nci:x:1000:\nroot:x:0:\nci:x:1000:\n", self.Output);
        Assert.Equal("unreachable\nunreachable\n", other.Output);
    }

    protected override Task RequireAsync() => TestEngine.RequireAsync();

    protected override Task<IReadOnlyList<string>> TracesAsync(string runId) => EngineTraces.OfRunAsync(runId);
}
