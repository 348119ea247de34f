using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Config.Orbs;

/// <summary>The name of an orb as a config writes it: <c>namespace/orb@version</c> or an <c>https</c> URL (CL-15.1, CL-15.7).</summary>
public abstract record OrbReference
{
    private OrbReference()
    {
    }

    /// <summary>An orb of a registry.</summary>
    /// <param name="Namespace">The part before the slash.</param>
    /// <param name="Name">The part after the slash.</param>
    /// <param name="Version"><c>1</c>, <c>1.2</c>, <c>1.2.3</c>, <c>volatile</c> or <c>dev:label</c>.</param>
    public sealed record Registry(string Namespace, string Name, string Version) : OrbReference
    {
        /// <summary><c>namespace/orb</c></summary>
        public string FullName => $"{Namespace}/{Name}";

        /// <inheritdoc/>
        public override string ToString() => $"{Namespace}/{Name}@{Version}";
    }

    /// <summary>An orb behind a URL.</summary>
    public sealed record Url(Uri Address) : OrbReference
    {
        /// <inheritdoc/>
        public override string ToString() => Address.OriginalString;
    }

    /// <summary>Reads a reference; <paramref name="whyNot"/> is one sentence when it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out OrbReference? reference, [NotNullWhen(false)] out string? whyNot)
    {
        ArgumentNullException.ThrowIfNull(text);
        (reference, whyNot) = (null, null);
        if (text.Contains("://", StringComparison.Ordinal))
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0)
                reference = new Url(address);
            else
                whyNot = "A URL orb must be an https address without a user name.";
            return reference is not null;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (slash < 0 || at < slash)
        {
            whyNot = "An orb is named 'namespace/orb@version'.";
            return false;
        }

        var (space, name, version) = (text[..slash], text[(slash + 1)..at], text[(at + 1)..]);
        if (!IsName(space) || !IsName(name))
            whyNot = "The namespace and name of an orb are lower-case letters, digits, '-' and '_', beginning with a letter.";
        else if (!IsVersion(version))
            whyNot = $"'{version}' is no orb version: write 1, 1.2, 1.2.3, volatile or dev:label.";
        else
            reference = new Registry(space, name, version);
        return reference is not null;
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length == 0 || !char.IsAsciiLetterLower(text[0]))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return true;
    }

    private static bool IsVersion(string text)
    {
        if (text is "volatile")
            return true;
        if (text.StartsWith("dev:", StringComparison.Ordinal))
            return text.Length > 4 && text.AsSpan(4).ToString().All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/');

        var parts = text.Split('.');
        return parts.Length <= 3 && parts.All(p => p.Length is > 0 and <= 9 && p.All(char.IsAsciiDigit));
    }
}
