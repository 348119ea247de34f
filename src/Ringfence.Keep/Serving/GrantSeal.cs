using System.Security.Cryptography;
using Google.Protobuf;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;

namespace Ringfence.Keep.Serving;

/// <summary>Seals a grant to a job's one-time key, bound to the request that asked for it, and opens it on the other side.</summary>
internal static class GrantSeal
{
    public static byte[] Seal(Grant grant, SealingPublicKey receiver, Release asked, string request)
    {
        var clear = GC.AllocateUninitializedArray<byte>(grant.CalculateSize(), pinned: true);
        try
        {
            grant.WriteTo(clear);
            return receiver.Seal(clear, Place(asked, request));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <exception cref="SealingException">It is not the answer to this request.</exception>
    public static Grant Open(ReadOnlySpan<byte> sealedGrant, SealingKey key, Release asked, string request)
    {
        using SecretValue clear = key.Open(sealedGrant, Place(asked, request));
        return Grant.Parser.ParseFrom(clear.Reveal());
    }

    private static SealedPlace Place(Release asked, string request) => new(asked.Organization, "grant:" + asked.Project, request, asked.Attempt);
}
