using Ringfence.Sealing.Memory;

namespace Ringfence.Sealing.Tests;

[Rule("INC-15")]
public sealed class ProcessGuardTests
{
    [Fact]
    public void Leaves_no_core_dump_and_hides_the_memory()
    {
        var refused = ProcessGuard.Apply();

        Assert.DoesNotContain(refused, text => text.StartsWith("Core", StringComparison.Ordinal));
        Assert.Contains("Max core file size        0", File.ReadAllText("/proc/self/limits"), StringComparison.Ordinal);

        // What belongs to root in /proc is what the kernel shows of a process that is not dumpable.
        Assert.DoesNotContain(refused, text => text.Contains("undumpable", StringComparison.Ordinal));
    }
}
