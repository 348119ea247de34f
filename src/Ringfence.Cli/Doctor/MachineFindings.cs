using System.Globalization;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Doctor;

/// <summary>Judges what the kernel says about this machine.</summary>
internal static class MachineFindings
{
    private const long LeastMemory = 2L << 30;

    /// <summary>Processors and memory.</summary>
    public static Finding Resources(MachineFacts facts)
    {
        const string Name = "machine";
        var memory = facts.MemoryBytes == 0 ? "memory not known" : $"{ByteText.Of(facts.MemoryBytes)} of memory";
        var found = string.Create(CultureInfo.InvariantCulture, $"{facts.Processors} {(facts.Processors == 1 ? "processor" : "processors")}, {memory}");
        return facts.MemoryBytes is > 0 and < LeastMemory
            ? Finding.Warning(Name, found, "Jobs may be killed for want of memory: use a machine with 2 GiB at least.")
            : Finding.Ok(Name, found);
    }

    /// <summary>Whether jobs can be held to their resource class.</summary>
    public static Finding Limits(MachineFacts facts)
    {
        const string Name = "cgroups";
        const string Fix = "Mount the controllers, or let them pass to users (Delegate= of user@.service in systemd). Jobs run without them too.";
        if (facts.CgroupVersion == 0)
            return Finding.Warning(Name, "there are none: jobs can use all of the machine", Fix);

        var what = string.Create(CultureInfo.InvariantCulture, $"version {facts.CgroupVersion} with {(facts.Controllers.IsEmpty ? "nothing" : string.Join(", ", facts.Controllers))}");
        return facts.Controllers.Contains("cpu") && facts.Controllers.Contains("memory")
            ? Finding.Ok(Name, $"{what}: containers are held to their resource class, processes are not")
            : Finding.Warning(Name, $"{what}: containers cannot be held to their resource class", Fix);
    }
}
