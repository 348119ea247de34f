using System.Buffers.Text;
using System.Security.Cryptography;
using NSec.Cryptography;
using Ringfence.Primitives;

namespace Ringfence.Sealing.Ssh;

/// <summary>OpenSSH's own format of private keys (openssh-key-v1, PROTOCOL.key of OpenSSH), read and written.</summary>
public static class OpenSshKey
{
    private const string Ed25519 = "ssh-ed25519";
    private const int LineLength = 70;
    private const int BlockLength = 8;
    private const int SeedLength = 32;

    private static ReadOnlySpan<byte> Magic => "openssh-key-v1\0"u8;

    /// <summary>Makes an Ed25519 key that nobody has seen (SSH-9). It is never in a file.</summary>
    /// <param name="comment">What it is for; it stands in the private key's text.</param>
    /// <returns>The text of the private key, to be disposed.</returns>
    public static SecretValue Create(string comment)
    {
        using var made = Key.Create(SignatureAlgorithm.Ed25519, Boxes.SealingKey.Exportable);
        var open = made.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        var seed = made.Export(KeyBlobFormat.RawPrivateKey);
        var capacity = 1024 + comment.Length;
        var bytes = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
        var secret = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
        try
        {
            // Of fixed room, so that no copy is left behind where it grew.
            using var inner = new MemoryStream(secret);
            var check = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
            SshWire.WriteNumber(inner, check);
            SshWire.WriteNumber(inner, check);
            SshWire.Write(inner, Ed25519);
            SshWire.Write(inner, open);
            SshWire.WriteNumber(inner, (uint)(seed.Length + open.Length));
            inner.Write(seed);
            inner.Write(open);
            SshWire.Write(inner, comment);
            for (byte padding = 1; inner.Position % BlockLength != 0; padding++)
                inner.WriteByte(padding);

            using var whole = new MemoryStream(bytes);
            whole.Write(Magic);
            SshWire.Write(whole, "none");
            SshWire.Write(whole, "none");
            SshWire.Write(whole, "");
            SshWire.WriteNumber(whole, 1);
            SshWire.Write(whole, Public(Ed25519, open).Blob.Span);
            SshWire.Write(whole, secret.AsSpan(0, (int)inner.Position));
            return Armored(bytes.AsSpan(0, (int)whole.Position));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    internal static (SshPublicKey? Key, string WhyNot) Read(ReadOnlySpan<byte> content, string howToRemovePassphrase)
    {
        const string Damaged = "The private key is damaged: its parts do not fit together.";
        if (!content.StartsWith(Magic))
            return (null, Damaged);
        var whole = new SshWire(content[Magic.Length..]);
        var (cipher, derivation) = (whole.Text(), whole.Text());
        _ = whole.Field();
        var count = whole.Number();
        var blob = whole.Field();
        var secret = whole.Field();
        if (whole.IsBroken || count != 1 || !whole.Rest.IsEmpty)
            return (null, Damaged);
        if (cipher is not "none" || derivation is not "none")
            return (null, $"The private key is protected by a passphrase. {howToRemovePassphrase}");

        var type = new SshWire(blob).Text();
        var inner = new SshWire(secret);
        if (inner.Number() != inner.Number() || inner.Text() != type)
            return (null, Damaged);
        return type switch
        {
            Ed25519 => IsWholeEd25519(ref inner, blob) ? (new SshPublicKey(type, blob.ToArray()), "") : (null, Damaged),
            "ssh-rsa" => Rsa(ref inner, blob, Damaged),
            "ecdsa-sha2-nistp256" or "ecdsa-sha2-nistp384" or "ecdsa-sha2-nistp521" => IsWholeEc(ref inner, blob) ? (new SshPublicKey(type, blob.ToArray()), "") : (null, Damaged),
            "ssh-dss" => (null, SshStrength.NoDsa),
            _ when type.StartsWith("sk-", StringComparison.Ordinal) => (null, "The key lies in a security token that somebody has to touch, which no job can: let Ringfence make a key (--generate)."),
            _ => (null, "The private key is of a kind that is not known here: Ed25519, ECDSA and RSA keys are taken."),
        };
    }

    private static bool IsWholeEd25519(ref SshWire inner, ReadOnlySpan<byte> blob)
    {
        var open = inner.Field();
        var both = inner.Field();
        if (inner.IsBroken || both.Length != 2 * SeedLength || !both[SeedLength..].SequenceEqual(open) || !Public(Ed25519, open).Blob.Span.SequenceEqual(blob))
            return false;
        using var key = Key.Import(SignatureAlgorithm.Ed25519, both[..SeedLength], KeyBlobFormat.RawPrivateKey);
        return key.PublicKey.Export(KeyBlobFormat.RawPublicKey).AsSpan().SequenceEqual(open);
    }

    private static bool IsWholeEc(ref SshWire inner, ReadOnlySpan<byte> blob)
    {
        var outer = new SshWire(blob);
        _ = outer.Field();
        return inner.Field().SequenceEqual(outer.Field()) && inner.Field().SequenceEqual(outer.Field()) && !inner.Field().IsEmpty && !inner.IsBroken && !outer.IsBroken;
    }

    private static (SshPublicKey? Key, string WhyNot) Rsa(ref SshWire inner, ReadOnlySpan<byte> blob, string damaged)
    {
        var outer = new SshWire(blob);
        _ = outer.Field();
        var exponent = outer.Field();
        var modulus = outer.Field();
        if (!inner.Field().SequenceEqual(modulus) || !inner.Field().SequenceEqual(exponent) || inner.Field().IsEmpty || inner.IsBroken || outer.IsBroken)
            return (null, damaged);
        var number = modulus.TrimStart((byte)0);
        var bits = number.IsEmpty ? 0 : (8 * number.Length) - System.Numerics.BitOperations.LeadingZeroCount(number[0]) + 24;
        return SshStrength.WhyNoRsa(bits) is { Length: > 0 } weak ? (null, weak) : (new SshPublicKey("ssh-rsa", blob.ToArray()), "");
    }

    private static SshPublicKey Public(string type, ReadOnlySpan<byte> open)
    {
        using var blob = new MemoryStream();
        SshWire.Write(blob, type);
        SshWire.Write(blob, open);
        return new SshPublicKey(type, blob.ToArray());
    }

    private static SecretValue Armored(ReadOnlySpan<byte> bytes)
    {
        var encoded = GC.AllocateUninitializedArray<byte>(Base64.GetMaxEncodedToUtf8Length(bytes.Length), pinned: true);
        var text = GC.AllocateUninitializedArray<byte>((2 * encoded.Length) + 128, pinned: true);
        try
        {
            Base64.EncodeToUtf8(bytes, encoded, out _, out var length);
            var end = 0;
            Add(text, ref end, "-----BEGIN OPENSSH PRIVATE KEY-----\n"u8);
            for (var start = 0; start < length; start += LineLength)
            {
                Add(text, ref end, encoded.AsSpan(start, Math.Min(LineLength, length - start)));
                Add(text, ref end, "\n"u8);
            }

            Add(text, ref end, "-----END OPENSSH PRIVATE KEY-----\n"u8);
            return new SecretValue(text.AsSpan(0, end));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(encoded);
            CryptographicOperations.ZeroMemory(text);
        }

        static void Add(byte[] text, ref int end, ReadOnlySpan<byte> more)
        {
            more.CopyTo(text.AsSpan(end));
            end += more.Length;
        }
    }
}
