using Ringfence.Cli.Secrets;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Serving;

namespace Ringfence.Cli.Commands.Keeps;

/// <summary>The work of a command that holds the keys of the keep itself.</summary>
internal static class KeepWork
{
    /// <summary>Guards the memory of this process, and only then has the keys changed.</summary>
    /// <param name="surroundings">The process around.</param>
    /// <param name="change">Makes the change.</param>
    public static Task<int> DoAsync(Surroundings surroundings, Func<SecretWork, KeyChanges, Task> change) => SecretWork.DoAsync(surroundings, async work =>
    {
        if (!work.Folder.Exists)
            throw new KeepException("There is no keep on this machine yet: 'ringfence context create' and 'ringfence secret set' make one.");
        Guard(work);
        using var passphrase = work.Keep.Passphrase("Passphrase of the keep: ");
        await change(work, new KeyChanges(work.Folder, passphrase, surroundings.Clock));
        return ExitCode.Success;
    });

    /// <summary>Guards the memory of this process, and tells what the system refused.</summary>
    public static void Guard(SecretWork work)
    {
        foreach (var refused in work.Surroundings.GuardMemory())
            work.Say(refused);
    }
}
