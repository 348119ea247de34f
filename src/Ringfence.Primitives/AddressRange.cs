using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Primitives;

/// <summary>Addresses of IPv4 or IPv6 with the same beginning.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Length">How many bits they share.</param>
public readonly record struct AddressRange(IPAddress First, byte Length)
{
    /// <summary>Whether it is of IPv6.</summary>
    public bool IsLong => First.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Reads <c>169.254.0.0/16</c>, or one address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">What it says.</param>
    /// <returns>Whether it is one. What follows the shared bits has to be zero.</returns>
    public static bool TryParse(string text, out AddressRange range)
    {
        ArgumentNullException.ThrowIfNull(text);
        range = default;
        var (address, length) = text.Split('/') switch
        {
            [var one] => (one, ""),
            [var one, { Length: > 0 } behind] => (one, behind),
            _ => ("", ""),
        };

        // An address in any but the usual way of writing, such as 2852039166, is rather a mistake.
        if (!IPAddress.TryParse(address, out var first) || (first.AddressFamily == AddressFamily.InterNetwork && first.ToString() != address) || address.Contains('%', StringComparison.Ordinal))
            return false;
        var most = first.GetAddressBytes().Length * 8;
        if (length.Length == 0)
            range = new AddressRange(first, (byte)most);
        else if (byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= most && IsZeroFrom(first, bits))
            range = new AddressRange(first, bits);
        else
            return false;
        return true;
    }

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}/{Length}");

    private static bool IsZeroFrom(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        return Enumerable.Range(bits, (bytes.Length * 8) - bits).All(bit => (bytes[bit / 8] & (0x80 >> (bit % 8))) == 0);
    }
}
