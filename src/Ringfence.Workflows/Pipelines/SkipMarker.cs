namespace Ringfence.Workflows.Pipelines;

/// <summary>The words by which a commit asks for no pipeline (EX-4.1).</summary>
public static class SkipMarker
{
    /// <summary>How many characters of the title and of the body count.</summary>
    public const int Reach = 250;

    private static readonly string[] Markers = ["[skip ci]", "[ci skip]"];

    /// <summary>Whether the latest commit of a push carries a marker. Small letters only, as written in the documentation of CircleCI.</summary>
    /// <param name="subject">The title of the commit.</param>
    /// <param name="body">The rest of its message.</param>
    public static bool IsIn(string subject, string body) => HasOne(subject) || HasOne(body);

    private static bool HasOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        var start = text.AsSpan(0, Math.Min(text.Length, Reach));
        foreach (var marker in Markers)
        {
            if (start.Contains(marker, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
