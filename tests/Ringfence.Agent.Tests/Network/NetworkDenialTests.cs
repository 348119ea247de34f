using Ringfence.Agent.Network;

namespace Ringfence.Agent.Tests.Network;

/// <summary>Which rules close addresses. That the kernel takes them, and what comes of them, is tested in real sandboxes.</summary>
public sealed class NetworkDenialTests
{
    private static readonly Version Kernel = new(6, 1);

    [Fact]
    public void What_is_denied_stays_open_for_names_and_what_is_allowed_comes_first()
    {
        Assert.Equal(
            ["40 10.1.0.0/16", "41 169.254.0.0/16 17:53", "41 169.254.0.0/16 6:53", "41 10.0.2.3/32 17:53", "41 10.0.2.3/32 6:53", "42 169.254.0.0/16 unreachable", "42 10.0.2.3/32 unreachable"],
            Rules(Kernel, hasLong: true, "--allow", "10.1.0.0/16", "--names-only", "10.0.2.3", "169.254.0.0/16"));
    }

    [Fact]
    public void A_kernel_that_overlooks_ports_closes_names_too_but_never_a_name_server()
    {
        Assert.Equal(["42 169.254.0.0/16 unreachable"], Rules(new Version(4, 16), hasLong: true, "--names-only", "10.0.2.3", "169.254.0.0/16"));
    }

    [Fact]
    public void Nothing_is_said_of_long_addresses_where_there_are_none()
    {
        Assert.Equal(["42 fd00:ec2::/32 unreachable"], Rules(Kernel, hasLong: true, "fd00:ec2::/32").Where(rule => rule.StartsWith("42", StringComparison.Ordinal)));
        Assert.Empty(Rules(Kernel, hasLong: false, "--allow", "fd00::1", "fd00:ec2::/32"));
    }

    [Fact]
    public void The_kernel_is_asked_in_its_own_words()
    {
        // As `ip rule add priority 41 to 10.0.2.3 ipproto udp dport 53 lookup main`, on a machine whose lowest byte is the first.
        Assert.SkipUnless(BitConverter.IsLittleEndian, "The bytes are in the other order here.");
        Assert.True(Ringfence.Primitives.AddressRange.TryParse("10.0.2.3", out var to));

        Assert.Equal(
            "3C000000" + "2000" + "0506" + "07000000" + "00000000" + "02200000FE000001" + "00000000" + "080001000A000203" + "0800060029000000" + "0500160011000000" + "0800180035003500",
            Convert.ToHexString(new RoutingRule(41, to, IsUnreachable: false, Protocol: 17, Port: 53).ToRequest(7)));
    }

    [Theory]
    [InlineData("metadata.google.internal")]
    [InlineData("--allow")]
    [InlineData("--deny")]
    public void Refuses_what_is_no_address(string word)
    {
        Assert.Null(NetworkDenial.Parse(["169.254.0.0/16", word]));
        using var errors = new StringWriter();
        Assert.Equal(2, NetworkDenial.Run([word], errors));
        Assert.Equal("--deny-addresses takes addresses such as 169.254.0.0/16.\n", errors.ToString());
    }

    private static IEnumerable<string> Rules(Version kernel, bool hasLong, params string[] arguments) =>
        NetworkDenial.Parse(arguments)!.Rules(kernel, hasLong).Select(rule => $"{rule.Priority} {rule.To}{(rule.Port == 0 ? "" : $" {rule.Protocol}:{rule.Port}")}{(rule.IsUnreachable ? " unreachable" : "")}");
}
