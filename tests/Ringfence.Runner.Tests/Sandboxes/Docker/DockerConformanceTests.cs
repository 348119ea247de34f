using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes.Docker;

/// <summary>What every kind of sandbox has to do, with containers.</summary>
public sealed class DockerConformanceTests(SharedSandbox shared) : SandboxConformanceTests(shared)
{
    protected override ISandboxProvider Provider => TestEngine.Provider;

    protected override ContainerRequest Image(string kind) => TestEngine.Image(kind);

    protected override Task RequireAsync() => TestEngine.RequireAsync();

    protected override Task<IReadOnlyList<string>> TracesAsync(string runId) => EngineTraces.OfRunAsync(runId);
}
