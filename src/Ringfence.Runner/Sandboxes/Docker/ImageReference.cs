using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>The name of an image, taken apart. Which registry a name without one belongs to is the engine's business.</summary>
/// <param name="Name">With the registry, when there is one.</param>
/// <param name="Version">A tag or a digest; <c>latest</c> when the text has neither.</param>
internal sealed record ImageReference(string Name, string Version)
{
    private const string UsualTag = "latest";

    /// <summary>Whether the version is a digest, which never means another image.</summary>
    public bool IsPinned => Version.Contains(':', StringComparison.Ordinal);

    /// <summary>Takes a text apart.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? image)
    {
        image = null;
        if (text.Length == 0 || text.AsSpan().ContainsAny(" \t\r\n"))
            return false;

        var at = text.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? text : text[..at];

        // A colon before the last slash is that of a port.
        var colon = name.IndexOf(':', name.LastIndexOf('/') + 1);
        var tag = colon < 0 ? UsualTag : name[(colon + 1)..];
        var digest = at < 0 ? null : text[(at + 1)..];
        name = colon < 0 ? name : name[..colon];
        if (name.Length == 0 || tag.Length == 0 || digest is { Length: 0 })
            return false;

        // With both, the digest says which image it is.
        image = new ImageReference(name, digest ?? tag);
        return true;
    }

    /// <summary>The form that the engine's calls take.</summary>
    public override string ToString() => Name + (IsPinned ? '@' : ':') + Version;
}
