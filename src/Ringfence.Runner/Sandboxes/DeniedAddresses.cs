using System.Collections.Immutable;

namespace Ringfence.Runner.Sandboxes;

/// <summary>The addresses at which clouds give a machine its own credentials, or take its orders. Jobs do not reach them, unless the user of this machine allows it.</summary>
public static class DeniedAddresses
{
    // Of everything that only the machine itself is meant to speak to. Whole ranges where a cloud has put more than one service into them.
    private static readonly ImmutableArray<string> All =
    [
        "169.254.0.0/16",         // link-local: AWS, Google, Azure, Oracle, DigitalOcean, OpenStack, and what AWS gives containers
        "100.100.100.200",        // Alibaba
        "168.63.129.16",          // the host of an Azure machine
        "192.0.0.192",            // Oracle, once
        "fd00:ec2::/32",          // AWS
        "fd20:ce::254",           // Google
        "fd00:c1::a9fe:a9fe",     // Oracle
        "fe80::a9fe:a9fe",        // OpenStack
        "64:ff9b::a9fe:0/112",    // the first of these through a translator to IPv4
    ];

    /// <summary>What the agent is called with to close them to all processes of its network.</summary>
    /// <param name="allowed">Addresses and ranges that stay open all the same.</param>
    /// <param name="namesOnly">Further addresses, of which only the name server stays open.</param>
    public static IReadOnlyList<string> ToArguments(ImmutableArray<string> allowed, params ReadOnlySpan<string> namesOnly)
    {
        var words = new List<string> { "--deny-addresses" };
        foreach (var address in allowed)
            words.AddRange(["--allow", address]);
        foreach (var address in namesOnly)
            words.AddRange(["--names-only", address]);
        words.AddRange(All);
        return words;
    }
}
