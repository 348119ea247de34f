using Ringfence.Primitives;

namespace Ringfence.Config;

/// <summary>The config as it was found: nothing is known of it yet but its text and its name.</summary>
/// <param name="Text">The text with the path it is shown by.</param>
public sealed record ConfigSource(SourceText Text)
{
    /// <summary>A config under a name.</summary>
    public static ConfigSource From(string path, string text) => new(new SourceText(path, text));
}
