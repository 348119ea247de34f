using System.Globalization;
using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Reads what an engine says about itself.</summary>
internal static class EngineVersion
{
    /// <summary>Whether it is Podman, which speaks Docker's language but does not keep all of its promises.</summary>
    public static bool IsPodman(VersionResponse version) => (version.Components ?? []).Any(component => component.Name.Contains("Podman", StringComparison.OrdinalIgnoreCase));

    /// <summary>The first number of its version; 0 when it has none.</summary>
    public static int Major(VersionResponse version) =>
        int.TryParse((version.Version ?? "").Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
}
