using Ringfence.Cli.Local;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;

namespace Ringfence.Cli.Doctor;

/// <summary>Looks at what guards the keys of the keep.</summary>
internal static class KeepFindings
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether others can get at the keys.</summary>
    public static Finding Keys(LocalState? state)
    {
        const string Name = "keys of the keep";
        if (state is null || !state.Keep.Exists)
            return Finding.Ok(Name, "there is no keep yet, so there are no secrets");
        try
        {
            foreach (var path in (string[])[state.Keep.Path, state.Keep.KeyFile])
            {
                if ((File.GetUnixFileMode(path) & Others) != 0)
                    return Finding.Missing(Name, $"others than you may read {path}", $"chmod go= {path}, then rotate the keys: ringfence keep rotate");
            }

            return KeyFile.NeedsPassphrase(state.Keep.KeyFile)
                ? Finding.Ok(Name, "protected by a passphrase")
                : Finding.Warning(Name, "guarded by the mode of their file only: whoever can read your files can open your secrets", "Protect them: ringfence keep passphrase");
        }
        catch (Exception e) when (e is SealingException or IOException or UnauthorizedAccessException)
        {
            return Finding.Missing(Name, e.Message, "Bring them back from a backup: ringfence keep restore FILE");
        }
    }
}
