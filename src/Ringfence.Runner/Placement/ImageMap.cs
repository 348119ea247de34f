using System.Collections.Immutable;

namespace Ringfence.Runner.Placement;

/// <summary>Other names for images: for mirrors, for networks without a way out, and for the image that stands for a machine.</summary>
/// <param name="Rules">Pairs of what is written in configs and what is taken instead. Of several that fit, the longest does.</param>
public sealed record ImageMap(ImmutableArray<(string Written, string Taken)> Rules)
{
    private const char Rest = '*';

    /// <summary>Takes every image as it is written.</summary>
    public static ImageMap None { get; } = new([]);

    /// <summary>Why a rule cannot be taken, as one sentence; null when it can.</summary>
    public static string? WhyNot(string written, string taken)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(taken);
        if (written.Length == 0 || taken.Length == 0)
            return "An image rule has a name on both sides.";
        if (written.IndexOf(Rest, StringComparison.Ordinal) is >= 0 and var at && at != written.Length - 1)
            return $"A '*' stands at the end of an image rule only, not as in '{written}'.";
        return taken.Contains(Rest, StringComparison.Ordinal) && (!written.EndsWith(Rest) || taken.IndexOf(Rest, StringComparison.Ordinal) != taken.Length - 1)
            ? $"The '*' of '{taken}' stands for what the '*' at the end of the left side stands for."
            : null;
    }

    /// <summary>The image to take.</summary>
    public string Apply(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var best = Rules.Where(rule => Fits(rule.Written, image)).OrderByDescending(rule => rule.Written.Length).FirstOrDefault();
        if (best.Written is null)
            return image;
        return best.Taken.EndsWith(Rest) ? best.Taken[..^1] + image[(best.Written.Length - 1)..] : best.Taken;
    }

    /// <summary>With a star: whatever begins so. With a tag: this one image. Without either: every version of it.</summary>
    private static bool Fits(string written, string image) =>
        written.EndsWith(Rest)
            ? image.StartsWith(written.AsSpan(0, written.Length - 1), StringComparison.Ordinal)
            : string.Equals(written, image, StringComparison.Ordinal)
                || (image.StartsWith(written, StringComparison.Ordinal) && image[written.Length] is ':' or '@' && !written.AsSpan(written.LastIndexOf('/') + 1).ContainsAny(':', '@'));
}
