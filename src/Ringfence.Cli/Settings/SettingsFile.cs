using Ringfence.Cli.Input;
using Ringfence.Cli.Local;
using Ringfence.Primitives;

namespace Ringfence.Cli.Settings;

/// <summary>Finds and reads the files <c>ringfence.toml</c>: that of the user's own folder, and that of the checkout, which wins but may not loosen anything.</summary>
internal static class SettingsFile
{
    /// <summary>The name of both files.</summary>
    public const string Name = "ringfence.toml";

    /// <summary>Reads what there is. Problems are reported, all of them.</summary>
    /// <param name="surroundings">The process around.</param>
    /// <param name="checkout">The folder of the project.</param>
    /// <param name="diagnostics">Gets the problems.</param>
    public static FileSettings Read(Surroundings surroundings, string checkout, DiagnosticBag diagnostics)
    {
        var home = OfHome(surroundings, diagnostics);
        return Read(surroundings, checkout, new SettingsReader(SettingsOrigin.Checkout, home, diagnostics), diagnostics).Over(home);
    }

    /// <summary>Reads that of the user's own folder. Problems are reported.</summary>
    public static FileSettings OfHome(Surroundings surroundings, DiagnosticBag diagnostics) =>
        LocalState.Of(surroundings) is { } state ? Read(surroundings, state.Root, new SettingsReader(SettingsOrigin.Home, FileSettings.None, diagnostics), diagnostics) : FileSettings.None;

    private static FileSettings Read(Surroundings surroundings, string folder, SettingsReader reader, DiagnosticBag diagnostics)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return FileSettings.None;
        var shown = Path.GetRelativePath(surroundings.WorkingDirectory, path);
        return new InputReader(surroundings, diagnostics).Read(shown.StartsWith("..", StringComparison.Ordinal) ? path : shown, "settings file") is { } source
            ? reader.Read(source)
            : FileSettings.None;
    }
}
