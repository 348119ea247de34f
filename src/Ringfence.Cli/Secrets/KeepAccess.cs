using System.Collections.Immutable;
using Ringfence.Cli.Local;
using Ringfence.Cli.Run;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Primitives;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Cli.Secrets;

/// <summary>Starts the keep of this machine, as a process of its own, for one command.</summary>
/// <param name="surroundings">The process around.</param>
/// <param name="state">Where the keep is.</param>
/// <param name="project">The project whose newest runs tell how far the ledger had come, as the file beside the keep does; null for that file alone.</param>
internal sealed class KeepAccess(Surroundings surroundings, LocalState state, string? project = null)
{
    /// <summary>Names a file that holds the passphrase of the keep's keys, such as <c>/dev/fd/3</c>.</summary>
    public const string PassphraseVariable = "RINGFENCE_KEEP_PASSPHRASE_FILE";

    /// <summary>The hidden command that is a keep.</summary>
    public const string ServeCommand = "serve";

    // Each run takes over what the one before it saw, so few are enough; some have asked for no secrets, or were killed.
    private const int RunsAsked = 5;

    /// <summary>Where the keep is.</summary>
    public KeepFolder Folder { get; } = state.Keep with { HeadsOfRuns = project is null || !state.Keep.Exists ? [] : HeadsOfRuns(state.Project(project)) };

    /// <summary>Makes a keep if there is none yet, and says so.</summary>
    /// <exception cref="KeepException">It cannot be made, or what is left of one is there.</exception>
    public async Task EnsureAsync(CancellationToken cancel)
    {
        if (Folder.Exists && Folder.WhatIsGone is null)
            return;
        bool isNew;
        try
        {
            Directory.CreateDirectory(state.Root);
            using var requester = SigningKeyFile.ReadOrCreate(state.RequesterKey);
            isNew = await Folder.CreateAsync(null, requester.Public, surroundings.Clock, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SealingException or Keep.Ledgers.LedgerException)
        {
            throw new KeepException(Folder.WhatIsGone ?? $"A keep cannot be made in {Folder.Path}: {e.Message}", e);
        }

        if (isNew)
            surroundings.Error.Write($"Made a keep in {Folder.Path}. Its keys are guarded by the mode of their file; 'ringfence keep passphrase' or 'keyring' protects them further.\n");
    }

    /// <summary>Starts the keep.</summary>
    /// <exception cref="KeepException">There is none, it does not start, or it cannot open its keys.</exception>
    public async Task<KeepProcess> OpenAsync(CancellationToken cancel)
    {
        if (Folder.WhatIsGone is { } gone)
            throw new KeepException(gone);
        if (!Folder.Exists)
            throw new KeepException("There is no keep on this machine yet: 'ringfence context create' and 'ringfence secret set' make one.");
        using var passphrase = Passphrase();
        try
        {
            // The keep process outlives this: it ends with the conversation, which the caller ends.
            var requester = SigningKeyFile.ReadOrCreate(state.RequesterKey);
            return await KeepProcess.StartAsync([surroundings.OwnProgram, "keep", ServeCommand, "--folder", Folder.Path, "--vault", Folder.VaultPath, .. Folder.HeadsOfRuns.SelectMany(head => (string[])["--expect", head.ToString()])], requester, passphrase, surroundings.Environment, surroundings.Clock, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SealingException)
        {
            throw new KeepException($"The keep cannot be asked: {e.Message}", e);
        }
    }

    /// <summary>What opens the keep's own key file: its passphrase, or the key in the keyring; null when it asks for neither.</summary>
    /// <exception cref="KeepException">It cannot be had.</exception>
    public Task<SecretValue?> OpenerAsync(CancellationToken cancel) => OpenerAsync(Folder.KeyFile, "Passphrase of the keep: ", cancel);

    /// <summary>What opens a key file: its passphrase, or the key in the keyring; null when it asks for neither.</summary>
    /// <exception cref="KeepException">It cannot be had.</exception>
    public async Task<SecretValue?> OpenerAsync(string path, string prompt, CancellationToken cancel) =>
        KeyFile.KeyringEntry(path) is { } entry ? await surroundings.Keyring().LookUpAsync(entry, cancel)
        : KeyFile.NeedsPassphrase(path) ? AskPassphrase(prompt)
        : null;

    private static ImmutableArray<LedgerHead> HeadsOfRuns(string projectFolder) =>
        [.. RunFolder.All(projectFolder).Take(RunsAsked).Select(run => RunRecord.Read(run.Path)?.LedgerHead is { Length: > 0 } text ? LedgerHead.Parse(text) : null).OfType<LedgerHead>().Distinct()];

    private SecretValue? Passphrase()
    {
        try
        {
            return KeyFile.NeedsPassphrase(Folder.KeyFile) ? AskPassphrase("Passphrase of the keep: ") : null;
        }
        catch (SealingException e)
        {
            throw new KeepException(e.Message, e);
        }
    }

    /// <summary>A passphrase that is needed.</summary>
    /// <exception cref="KeepException">Nobody can give it.</exception>
    private SecretValue AskPassphrase(string prompt)
    {
        if (surroundings.Variable(PassphraseVariable) is { } path)
            return SecretInput.ReadFile(surroundings.FullPath(path)) ?? throw new KeepException($"The file that {PassphraseVariable} names cannot be read.", wantsPassphrase: true);
        return SecretInput.Ask(surroundings, prompt)
            ?? throw new KeepException($"The keys of the keep are protected by a passphrase, and nobody can be asked for it here: name a file that holds it in {PassphraseVariable}.", wantsPassphrase: true);
    }
}
