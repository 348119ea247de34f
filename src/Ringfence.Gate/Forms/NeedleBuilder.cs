using System.Security.Cryptography;
using Ringfence.Gate.Matching;
using Ringfence.Primitives;

namespace Ringfence.Gate.Forms;

/// <summary>Turns the forms of a value into needles: as the view will show them, not too short, and long ones in overlapping pieces.</summary>
internal static class NeedleBuilder
{
    /// <summary>Bytes of the longest needle. Of a longer form, each piece is looked for; since the pieces overlap, the whole is masked as one.</summary>
    private const int LongestNeedle = 1024;

    public static void AddAll(SecretValue value, int secret, List<Needle> needles)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var whole = Pinned(value.Reveal());
        using var view = new CanonicalView();
        try
        {
            var isWhole = true;
            foreach (var form in FormList.Of(whole))
            {
                foreach (var shown in Shown(form.Bytes, view))
                    AddPieces(shown, form.Name, secret, seen, needles);
                if (isWhole && needles.All(needle => needle.Secret != secret))
                    needles.Add(new Needle(Pinned(whole), secret, form.Name, IsExact: true));
                isWhole = false;
                if (!ReferenceEquals(form.Bytes, whole))
                    CryptographicOperations.ZeroMemory(form.Bytes);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(whole);
        }
    }

    /// <summary>In both views; they differ for a value that itself looks escaped.</summary>
    private static IEnumerable<byte[]> Shown(byte[] form, CanonicalView view)
    {
        view.BuildPlain(form);
        var plain = Pinned(view.Bytes.Trim((byte)'\n'));
        yield return plain;
        if (!CanonicalView.HasEscapes(form))
            yield break;
        view.BuildDecoded(form, isLast: true);
        yield return Pinned(view.Bytes.Trim((byte)'\n'));
    }

    private static void AddPieces(byte[] shown, string form, int secret, HashSet<string> seen, List<Needle> needles)
    {
        if (shown.Length < MaskingLimit.ShortestEncoded)
            return;
        var pieces = (shown.Length + LongestNeedle - 1) / LongestNeedle;
        var length = (shown.Length + pieces - 1) / pieces;
        for (var start = 0; start < shown.Length; start += length)
        {
            // One byte of the next piece as well: what overlaps becomes one mask.
            var piece = shown.AsSpan(start, Math.Min(length + 1, shown.Length - start));
            if (piece.Length >= MaskingLimit.ShortestEncoded && seen.Add(Convert.ToHexString(SHA256.HashData(piece))))
                needles.Add(new Needle(Pinned(piece), secret, form, IsExact: false));
        }

        CryptographicOperations.ZeroMemory(shown);
    }

    private static byte[] Pinned(ReadOnlySpan<byte> bytes)
    {
        var copy = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(copy);
        return copy;
    }
}
