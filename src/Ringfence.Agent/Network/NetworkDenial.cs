using System.Collections.Immutable;
using System.ComponentModel;
using Ringfence.Primitives;

namespace Ringfence.Agent.Network;

/// <summary>Makes addresses unreachable for everything in a network name space, before anything of a job runs there. Who has no right over the name space cannot undo it.</summary>
/// <remarks>
/// Names are still asked for at port 53 of such addresses: on some clouds the metadata service is also the name server, and the engine's own name server asks it from
/// within the container.
/// </remarks>
internal sealed record NetworkDenial(ImmutableArray<AddressRange> Denied, ImmutableArray<AddressRange> Allowed, ImmutableArray<AddressRange> NamesOnly)
{
    /// <summary>The word that calls it.</summary>
    public const string Verb = "--deny-addresses";

    private const string AllowedFlag = "--allow";
    private const string NamesOnlyFlag = "--names-only";
    private const uint AllowedPriority = 40;
    private const uint NamesPriority = 41;
    private const uint DeniedPriority = 42;
    private const ushort NamesPort = 53;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const int AlreadyThere = 17;
    private const string LongAddresses = "/proc/net/if_inet6";

    // Before, the kernel overlooks what a rule says of ports, and takes it for all.
    private static readonly Version KnowsPorts = new(4, 17);

    /// <summary>Reads what was asked for: <c>[--allow RANGE]… [--names-only RANGE]… RANGE…</c>.</summary>
    public static NetworkDenial? Parse(ReadOnlySpan<string> arguments)
    {
        var all = new NetworkDenial([], [], []);
        while (arguments.Length > 0)
        {
            var flag = arguments[0] is AllowedFlag or NamesOnlyFlag ? arguments[0] : "";
            if (flag.Length > 0)
                arguments = arguments[1..];
            if (arguments.Length == 0 || !AddressRange.TryParse(arguments[0], out var range))
                return null;
            all = flag switch
            {
                AllowedFlag => all with { Allowed = all.Allowed.Add(range) },
                NamesOnlyFlag => all with { NamesOnly = all.NamesOnly.Add(range) },
                _ => all with { Denied = all.Denied.Add(range) },
            };
            arguments = arguments[1..];
        }

        return all;
    }

    /// <summary>Carries out one call.</summary>
    /// <param name="arguments">What was asked for.</param>
    /// <param name="errors">Takes what went wrong, in one line.</param>
    /// <returns>The exit code of the process.</returns>
    public static int Run(ReadOnlySpan<string> arguments, TextWriter errors)
    {
        if (Parse(arguments) is not { } denial)
        {
            errors.WriteLine($"{Verb} takes addresses such as 169.254.0.0/16.");
            return 2;
        }

        try
        {
            using var socket = new RouteSocket();
            foreach (var rule in denial.Rules(Environment.OSVersion.Version, File.Exists(LongAddresses)))
            {
                if (socket.Add(rule) is not (0 or AlreadyThere) and var error)
                    throw new Win32Exception(error, $"{rule.To}: {new Win32Exception(error).Message}");
            }

            return 0;
        }
        catch (Win32Exception e)
        {
            errors.WriteLine($"The kernel does not take routing rules: {e.Message}");
            return 1;
        }
    }

    /// <summary>The rules that it takes.</summary>
    /// <param name="kernel">The version of the kernel.</param>
    /// <param name="hasLong">Whether the kernel has IPv6.</param>
    public IEnumerable<RoutingRule> Rules(Version kernel, bool hasLong)
    {
        var knowsPorts = kernel >= KnowsPorts;
        var closed = knowsPorts ? Denied.AddRange(NamesOnly) : Denied;
        return ((IEnumerable<RoutingRule>)
            [
                .. Allowed.Select(range => new RoutingRule(AllowedPriority, range, IsUnreachable: false)),
                .. knowsPorts ? closed.SelectMany(range => ((byte[])[Udp, Tcp]).Select(protocol => new RoutingRule(NamesPriority, range, IsUnreachable: false, protocol, NamesPort))) : [],
                .. closed.Select(range => new RoutingRule(DeniedPriority, range, IsUnreachable: true)),
            ]).Where(rule => hasLong || !rule.To.IsLong);
    }
}
