using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Ledgers;

/// <summary>An entry as it stands in the file: its JSON, a tab, the signature of that JSON in Base64.</summary>
/// <param name="Entry">What it says.</param>
/// <param name="Json">Its bytes, which are signed and hashed.</param>
/// <param name="Signature">The signature.</param>
internal sealed record LedgerLine(LedgerEntry Entry, byte[] Json, byte[] Signature)
{
    /// <summary>No line is longer, in bytes.</summary>
    public const int Longest = 1024 * 1024;

    /// <summary>The SHA-256 of the line with its signature, in hex: the chain vouches for that, too.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Write().AsSpan()[..^1]));

    public static LedgerLine Sign(LedgerEntry entry, SigningKey key)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, LedgerJson.Default.LedgerEntry);
        return new LedgerLine(entry, json, key.Sign(json));
    }

    /// <summary>Reads a line; null when it is none. Nothing is verified.</summary>
    public static LedgerLine? Read(ReadOnlySpan<byte> line)
    {
        var tab = line.LastIndexOf((byte)'\t');
        if (tab < 0)
            return null;
        try
        {
            var json = line[..tab].ToArray();
            var entry = JsonSerializer.Deserialize(json, LedgerJson.Default.LedgerEntry);
            var read = entry is null ? null : new LedgerLine(entry, json, Convert.FromBase64String(Encoding.ASCII.GetString(line[(tab + 1)..])));

            // There is more than one way to write the same bytes in Base64.
            return read is not null && read.Write().AsSpan()[..^1].SequenceEqual(line) ? read : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    public byte[] Write() => [.. Json, (byte)'\t', .. Encoding.ASCII.GetBytes(Convert.ToBase64String(Signature)), (byte)'\n'];
}
