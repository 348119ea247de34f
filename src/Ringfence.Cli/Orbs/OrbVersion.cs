using System.Diagnostics.CodeAnalysis;
using Ringfence.Config.Orbs;
using Semver;

namespace Ringfence.Cli.Orbs;

/// <summary>One exact version of an orb, such as <c>circleci/node@5.2.0</c> or <c>circleci/node@dev:main</c>; never a range.</summary>
internal sealed record OrbVersion
{
    private OrbVersion(string space, string name, string version, SemVersion? number) =>
        (Namespace, Name, Version, Number) = (space, name, version, number);

    /// <summary>The part before the slash.</summary>
    public string Namespace { get; }

    /// <summary>The part after the slash.</summary>
    public string Name { get; }

    /// <summary><c>5.2.0</c> or <c>dev:main</c>.</summary>
    public string Version { get; }

    /// <summary>The version as a number; null for a development version.</summary>
    public SemVersion? Number { get; }

    /// <summary>Whether the version never changes (CL-15.3).</summary>
    public bool IsPublished => Number is not null;

    /// <summary>Reads an exact version; <paramref name="whyNot"/> is one sentence when it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out OrbVersion? version, [NotNullWhen(false)] out string? whyNot)
    {
        version = null;
        if (!OrbReference.TryParse(text, out var reference, out whyNot))
            return false;
        if (reference is not OrbReference.Registry registry)
        {
            whyNot = "A URL orb is fetched when it is used; it has no version that could be stored.";
            return false;
        }

        version = Of(registry);
        whyNot = version is null ? $"'{registry.Version}' is not one exact version: write 1.2.3 or dev:label." : null;
        return version is not null;
    }

    /// <summary>The version that a reference names exactly; null when it names a range.</summary>
    public static OrbVersion? Of(OrbReference.Registry reference)
    {
        if (reference.Version.StartsWith("dev:", StringComparison.Ordinal))
            return new OrbVersion(reference.Namespace, reference.Name, reference.Version, null);

        return SemVersion.TryParse(reference.Version, SemVersionStyles.Strict, out var number)
            ? new OrbVersion(reference.Namespace, reference.Name, reference.Version, number)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{Name}@{Version}";
}
