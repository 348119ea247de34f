using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Process;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes.Process;

/// <summary>What every kind of sandbox has to do, with processes behind a bubblewrap fence.</summary>
public sealed class ProcessConformanceTests(SharedSandbox shared) : SandboxConformanceTests(shared)
{
    protected override ISandboxProvider Provider { get; } = new ProcessSandboxProvider(fenced: true, Environment.GetEnvironmentVariable("PATH") ?? "");

    protected override bool HasImages => false;

    protected override ContainerRequest Image(string kind) => new() { Image = kind };

    protected override async Task RequireAsync()
    {
        var check = await Provider.CheckAsync(Cancel);
        Assert.SkipUnless(check.IsAvailable, check.Description);
    }
}
