using Ringfence.Cli.Commands;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Input;
using Ringfence.Config.Orbs;
using Ringfence.Primitives;

namespace Ringfence.Cli.Orbs;

/// <summary>Puts together where the orbs of one compilation come from.</summary>
internal sealed class OrbSources(Surroundings surroundings, DiagnosticBag problems)
{
    /// <summary>All orbs of this machine, held to the lock beside the config if there is one; null when a setting cannot be used.</summary>
    public IOrbSource? ForConfig(CompileSettings settings)
    {
        if (Unlocked(settings) is not { } all)
            return null;
        if (LockPath(settings.Path) is not { } path || !File.Exists(surroundings.FullPath(path)))
            return all;

        var text = new InputReader(surroundings, problems).Read(path, "orb lock");
        return text is not null && OrbLock.Parse(text, problems) is { } held ? new LockedOrbs(held, all) : null;
    }

    /// <summary>All orbs of this machine; null when a setting cannot be used.</summary>
    public IOrbSource? Unlocked(CompileSettings settings)
    {
        var prefixes = (surroundings.Variable(OrbUrlAllowList.Variable) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (OrbUrlAllowList.Parse([.. settings.OrbUrls, .. prefixes], out var whyNot) is not { } allowed)
        {
            problems.Add(new Diagnostic(InputCodes.BadArgument, SourceSpan.None, whyNot!, $"Correct --allow-orb-url or {OrbUrlAllowList.Variable}."));
            return null;
        }

        var urls = new UrlOrbs(allowed, UrlOrbCache.Of(surroundings), new OrbDownload(surroundings.HttpHandler));
        return new LocalOrbs(new StoredOrbs(OrbStore.Of(surroundings)), urls);
    }

    /// <summary>Where the lock of a config is, in the user's words; null for standard input, which lies nowhere.</summary>
    public static string? LockPath(string configPath) =>
        configPath is InputReader.StandardInput ? null : Path.Combine(Path.GetDirectoryName(configPath) ?? "", OrbLock.FileName);
}
