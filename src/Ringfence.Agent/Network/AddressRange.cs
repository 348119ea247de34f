using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Agent.Network;

/// <summary>Addresses with the same beginning, of IPv4 or IPv6.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Length">How many bits they share.</param>
internal readonly record struct AddressRange(IPAddress First, byte Length)
{
    /// <summary>Whether it is of IPv6.</summary>
    public bool IsLong => First.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Reads <c>169.254.0.0/16</c>, or one address.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        var parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var first))
            return false;
        var most = (byte)(first.GetAddressBytes().Length * 8);
        if (parts.Length == 1)
            range = new AddressRange(first, most);
        else if (byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= most)
            range = new AddressRange(first, length);
        else
            return false;
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}/{Length}");
}
