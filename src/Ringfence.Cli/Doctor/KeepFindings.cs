using Ringfence.Cli.Local;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;

namespace Ringfence.Cli.Doctor;

/// <summary>Looks at what guards the keys of the keep.</summary>
internal static class KeepFindings
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether others can get at the keys.</summary>
    public static Finding Keys(LocalState? state, Surroundings surroundings)
    {
        const string Name = "keys of the keep";
        if (state is null || !state.Keep.Exists)
            return Finding.Ok(Name, "there is no keep yet, so there are no secrets");
        if (state.Keep.WhatIsGone is { } gone)
            return Finding.Missing(Name, gone, state.Keep.HasKeys ? "ringfence ledger verify shows more" : "A backup is what ringfence keep backup wrote");
        try
        {
            foreach (var path in (string[])[state.Keep.Path, state.Keep.KeyFile])
            {
                if ((File.GetUnixFileMode(path) & Others) != 0)
                    return Finding.Missing(Name, $"others than you may read {path}", $"chmod go= {path}, then rotate the keys: ringfence keep rotate");
            }

            if (KeyFile.KeyringEntry(state.Keep.KeyFile) is { } entry)
                return Keyring(Name, entry, surroundings);
            return KeyFile.NeedsPassphrase(state.Keep.KeyFile)
                ? Finding.Ok(Name, "protected by a passphrase")
                : Finding.Warning(Name, "guarded by the mode of their file only: whoever can read your files can open your secrets", "Protect them: ringfence keep passphrase, or ringfence keep keyring");
        }
        catch (Exception e) when (e is SealingException or IOException or UnauthorizedAccessException)
        {
            return Finding.Missing(Name, e.Message, "Bring them back from a backup: ringfence keep restore FILE");
        }
    }

    // The keyring itself is not asked: it might open a dialog.
    private static Finding Keyring(string name, string entry, Surroundings surroundings)
    {
        if (!surroundings.Keyring().HasTool)
            return Finding.Missing(name, $"protected by the keyring, which cannot be asked without {Ringfence.Keep.Keyrings.Keyring.Tool}", Ringfence.Keep.Keyrings.Keyring.HowToInstall);
        var hasBus = surroundings.Variable("DBUS_SESSION_BUS_ADDRESS") is not null
            || (surroundings.Variable("XDG_RUNTIME_DIR") is { } run && File.Exists(Path.Combine(run, "bus")));
        return hasBus
            ? Finding.Ok(name, $"protected by the desktop's keyring (entry {entry})")
            : Finding.Missing(name, "protected by the keyring of a desktop, and this is no session of one", "Work in the session, or bring the keys back from a backup: ringfence keep restore FILE");
    }
}
