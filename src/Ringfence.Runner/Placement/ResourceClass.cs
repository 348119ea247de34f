using System.Collections.Frozen;

namespace Ringfence.Runner.Placement;

/// <summary>What a resource class allows a job (§9.5 of the execution rules). The same name is of another size for containers and for machines (EX-9.15).</summary>
/// <param name="Processors">Processors.</param>
/// <param name="MemoryBytes">Bytes of memory.</param>
public sealed record ResourceClass(double Processors, long MemoryBytes)
{
    private const long Gibibyte = 1024L * 1024 * 1024;

    private static readonly FrozenDictionary<string, ResourceClass> Containers = Table(
        ("small", 1, 2), ("medium", 2, 4), ("medium+", 3, 6), ("large", 4, 8), ("xlarge", 8, 16), ("2xlarge", 16, 32), ("2xlarge+", 20, 40),
        ("arm.medium", 2, 8), ("arm.large", 4, 16), ("arm.xlarge", 8, 32), ("arm.2xlarge", 16, 64));

    private static readonly FrozenDictionary<string, ResourceClass> Machines = Table(
        ("medium", 2, 7.5), ("large", 4, 15), ("xlarge", 8, 32), ("2xlarge", 16, 64), ("2xlarge+", 32, 64),
        ("arm.medium", 2, 8), ("arm.large", 4, 16), ("arm.xlarge", 8, 32), ("arm.2xlarge", 16, 64));

    private static readonly FrozenDictionary<string, ResourceClass> LaterMachines = Table(
        ("medium", 2, 8), ("large", 4, 16), ("xlarge", 8, 32), ("2xlarge", 16, 64), ("2xlarge+", 32, 128));

    /// <summary>The class of a name; null for one that has no known size, such as a self-hosted <c>namespace/name</c>.</summary>
    /// <param name="name">The name as the config has it.</param>
    /// <param name="isContainer">Whether the job runs in containers.</param>
    public static ResourceClass? Find(string name, bool isContainer)
    {
        ArgumentNullException.ThrowIfNull(name);
        var isLater = name.EndsWith(".gen2", StringComparison.Ordinal) || (!isContainer && name.EndsWith(".gen3", StringComparison.Ordinal));
        var plain = isLater ? name[..^".gen2".Length] : name;
        return (isContainer ? Containers : isLater ? LaterMachines : Machines).GetValueOrDefault(plain);
    }

    private static FrozenDictionary<string, ResourceClass> Table(params (string Name, double Processors, double Gibibytes)[] rows) =>
        rows.ToFrozenDictionary(r => r.Name, r => new ResourceClass(r.Processors, (long)(r.Gibibytes * Gibibyte)), StringComparer.Ordinal);
}
