using System.Buffers.Binary;
using System.Text;

namespace Ringfence.Sealing.Boxes;

/// <summary>Where a sealed value belongs. It is sealed together with the value, so a value that is moved to another place, or an older one put back under a newer number, does not open (INC-2).</summary>
/// <param name="Organization">The organization's id.</param>
/// <param name="Owner">What holds it: the id of a context or a project, with its kind.</param>
/// <param name="Name">The variable's name.</param>
/// <param name="Version">Its version, from 1.</param>
public sealed record SealedPlace(string Organization, string Owner, string Name, long Version)
{
    /// <summary>The place as bytes: no two places have the same.</summary>
    internal byte[] Encode()
    {
        using var bytes = new MemoryStream();
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var part in (string[])[Organization, Owner, Name])
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(number, text.Length);
            bytes.Write(number[..sizeof(int)]);
            bytes.Write(text);
        }

        BinaryPrimitives.WriteInt64BigEndian(number, Version);
        bytes.Write(number);
        return bytes.ToArray();
    }
}
