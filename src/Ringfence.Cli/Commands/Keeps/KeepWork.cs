using Ringfence.Cli.Secrets;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Keyrings;
using Ringfence.Keep.Serving;

namespace Ringfence.Cli.Commands.Keeps;

/// <summary>The work of a command that holds the keys of the keep itself.</summary>
internal static class KeepWork
{
    /// <summary>Guards the memory of this process, and only then has the keys changed.</summary>
    /// <param name="surroundings">The process around.</param>
    /// <param name="change">Makes the change.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task<int> DoAsync(Surroundings surroundings, Func<SecretWork, KeyChanges, Task> change, CancellationToken cancel) => SecretWork.DoAsync(surroundings, async work =>
    {
        if (!work.Folder.Exists)
            throw new KeepException("There is no keep on this machine yet: 'ringfence context create' and 'ringfence secret set' make one.");
        if (work.Folder.WhatIsGone is { } gone)
            throw new KeepException(gone);
        Guard(work);
        using var opener = await work.Keep.OpenerAsync(cancel);
        await change(work, new KeyChanges(work.Folder, opener, surroundings.Clock));
        return ExitCode.Success;
    });

    /// <summary>Has a keyring forget what opened the keys before, once something else does.</summary>
    public static async Task ForgetAsync(SecretWork work, string? entry)
    {
        if (entry is not null && !await KeyChanges.TryRemoveAsync(work.Surroundings.Keyring(), entry))
            work.Say($"The entry {entry} of the keyring opens nothing any more, but could not be removed: remove it yourself ({Keyring.Tool} clear application ringfence keep {entry}).");
    }

    /// <summary>Guards the memory of this process, and tells what the system refused.</summary>
    public static void Guard(SecretWork work)
    {
        foreach (var refused in work.Surroundings.GuardMemory())
            work.Say(refused);
    }
}
