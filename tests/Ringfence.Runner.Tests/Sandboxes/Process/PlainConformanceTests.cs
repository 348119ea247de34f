using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Process;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes.Process;

/// <summary>What every kind of sandbox has to do, with processes and nothing around them. What it cannot do is shown too, so that nobody relies on it.</summary>
public sealed class PlainConformanceTests(SharedSandbox shared) : SandboxConformanceTests(shared)
{
    protected override ISandboxProvider Provider { get; } = new ProcessSandboxProvider(fenced: false, "");

    protected override bool HasImages => false;

    protected override bool IsFenced => false;

    protected override ContainerRequest Image(string kind) => new() { Image = kind };
}
