using Ringfence.Primitives;

namespace Ringfence.Agent.Network;

/// <summary>A rule of the kernel's routing, as <c>ip rule</c> makes them: what is sent to some addresses takes the usual routes, or none.</summary>
/// <param name="Priority">Rules are tried from the lowest on.</param>
/// <param name="To">Where to.</param>
/// <param name="IsUnreachable">Whether it takes no route, so that the sender is told at once that the network is unreachable.</param>
/// <param name="Protocol">The number of the only protocol that it is about; 0 for all.</param>
/// <param name="Port">The only port that it is about; 0 for all.</param>
internal readonly record struct RoutingRule(uint Priority, AddressRange To, bool IsUnreachable, byte Protocol = 0, ushort Port = 0)
{
    private const ushort NewRule = 32;
    private const ushort ModeFlags = 0x1 | 0x4 | 0x200 | 0x400;  // a request, to be answered, that makes a new one
    private const byte FamilyShort = 2;
    private const byte FamilyLong = 10;
    private const byte ToTable = 1;
    private const byte Unreachable = 7;
    private const byte MainTable = 254;
    private const ushort Destination = 1;
    private const ushort PriorityAttribute = 6;
    private const ushort ProtocolAttribute = 22;
    private const ushort PortAttribute = 24;

    /// <summary>The request to the kernel that makes it.</summary>
    /// <remarks>In the order of bytes of this machine, as all of netlink.</remarks>
    public byte[] ToRequest(uint number)
    {
        using var request = new MemoryStream();
        Write(request, 0u);
        Write(request, NewRule);
        Write(request, ModeFlags);
        Write(request, number);
        Write(request, 0u);
        request.Write([To.IsLong ? FamilyLong : FamilyShort, To.Length, 0, 0, IsUnreachable ? (byte)0 : MainTable, 0, 0, IsUnreachable ? Unreachable : ToTable]);
        Write(request, 0u);
        Attribute(request, Destination, To.First.GetAddressBytes());
        Attribute(request, PriorityAttribute, BitConverter.GetBytes(Priority));
        if (Protocol != 0)
            Attribute(request, ProtocolAttribute, [Protocol]);
        if (Port != 0)
            Attribute(request, PortAttribute, [.. BitConverter.GetBytes(Port), .. BitConverter.GetBytes(Port)]);

        var bytes = request.ToArray();
        BitConverter.TryWriteBytes(bytes, (uint)bytes.Length);
        return bytes;
    }

    private static void Attribute(MemoryStream request, ushort kind, ReadOnlySpan<byte> value)
    {
        Write(request, (ushort)(4 + value.Length));
        Write(request, kind);
        request.Write(value);
        while (request.Length % 4 != 0)
            request.WriteByte(0);
    }

    private static void Write(MemoryStream request, uint number) => request.Write(BitConverter.GetBytes(number));

    private static void Write(MemoryStream request, ushort number) => request.Write(BitConverter.GetBytes(number));
}
