using Ringfence.Cli.Run;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Local;
using Ringfence.Cli.Output;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;

namespace Ringfence.Cli.Secrets;

/// <summary>What a command about secrets works with: the keep of this machine, what is stored, and the project of the folder.</summary>
internal sealed class SecretWork
{
    private readonly LocalState _state;

    private SecretWork(Surroundings surroundings, LocalState state) => (Surroundings, _state, Keep) = (surroundings, state, new KeepAccess(surroundings, state));

    /// <summary>The process around.</summary>
    public Surroundings Surroundings { get; }

    /// <summary>Starts the keep.</summary>
    public KeepAccess Keep { get; }

    /// <summary>Where the keep is.</summary>
    public KeepFolder Folder => Keep.Folder;

    /// <summary>The heads of the ledger that the records of runs have kept.</summary>
    public IEnumerable<LedgerHead> HeadsOfRuns() => Runs().Select(run => run.LedgerHead is { Length: > 0 } text ? LedgerHead.Parse(text) : null).OfType<LedgerHead>();

    /// <summary>The references to secrets that the records of runs have kept.</summary>
    public IEnumerable<SecretReferenceRecord> ReferencesOfRuns() => Runs().SelectMany(run => run.References.IsDefault ? [] : run.References);

    /// <summary>The key by which the keep knows who asks.</summary>
    public string RequesterKey => _state.RequesterKey;

    /// <summary>The project of the folder.</summary>
    public CurrentProject Here => field ??= CurrentProject.Of(Surroundings);

    /// <summary>The time.</summary>
    public DateTimeOffset Now => Surroundings.Clock.GetUtcNow();

    /// <summary>Does the work of a command, and tells the user when it cannot go on.</summary>
    public static async Task<int> DoAsync(Surroundings surroundings, Func<SecretWork, Task<ExitCode>> work)
    {
        try
        {
            // INC-15, before a value is typed or read.
            if (!surroundings.HideMemory())
                throw new KeepException("This process cannot keep its memory out of core dumps, so it takes no secrets.");
            return LocalState.Of(surroundings) is { } state
                ? (int)await work(new SecretWork(surroundings, state))
                : throw new SecretRefusedException(InputCodes.NoStateFolder, "There is no folder for what Ringfence keeps: neither HOME nor RINGFENCE_HOME is set.", StoreAccess.NoFolderHint);
        }
        catch (SecretRefusedException e)
        {
            DiagnosticReport.Write([e.Diagnostic], surroundings);
            return (int)e.Exit;
        }
        catch (KeepException e)
        {
            return Report(SecretCodes.NoKeep, e.Message, e.WantsPassphrase ? $"Type it at a terminal, or name a file that holds it in {KeepAccess.PassphraseVariable}, such as /dev/fd/3." : null, ExitCode.Unavailable);
        }
        catch (VaultException e)
        {
            return e.IsTampered ? Report(SecretCodes.Tampered, e.Message, "'ringfence ledger verify' shows more.", ExitCode.Tampered) : Report(SecretCodes.NoKeep, e.Message, null, ExitCode.Unavailable);
        }
        catch (LedgerException e)
        {
            return Report(SecretCodes.Tampered, e.Message, "'ringfence ledger verify' shows more.", ExitCode.Tampered);
        }
        catch (SealingException e)
        {
            return Report(SecretCodes.NoKeys, e.Message, null, e.Fault is SealingFault.PassphraseWrong or SealingFault.PassphraseMissing ? ExitCode.InvalidInput : ExitCode.Unavailable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Report(InputCodes.CannotWrite, e.Message, null, ExitCode.CannotWrite);
        }

        int Report(DiagnosticCode code, string message, string? hint, ExitCode exit)
        {
            DiagnosticReport.Write([new Diagnostic(code, SourceSpan.None, message, hint)], surroundings);
            return (int)exit;
        }
    }

    /// <summary>Reads what is stored, and warns of what does not agree with the ledger.</summary>
    public StoredSecrets ReadStored()
    {
        var stored = StoredSecrets.Read(Folder);
        if (Folder.WhatIsGone is { } gone)
            DiagnosticReport.Write([new Diagnostic(SecretCodes.KeepIncomplete, SourceSpan.None, gone)], Surroundings);
        DiagnosticReport.Write(stored.Warnings.Select(w => new Diagnostic(SecretCodes.Suspicious, SourceSpan.None, w, "'ringfence ledger verify' shows more.")), Surroundings);
        return stored;
    }

    /// <summary>A context by name.</summary>
    /// <exception cref="SecretRefusedException">There is none.</exception>
    public ChosenOwner Context(string name, string? organization)
    {
        var of = organization ?? Here.Organization;
        var all = Folder.Vault.All().Where(o => o.IsContext && o.Name == name).ToList();
        if (all.FirstOrDefault(o => o.Organization == of) is { } found)
            return new ChosenOwner(found.Key, found.Name, of, found);
        var elsewhere = all.Count > 0
            ? $"There is one in {string.Join(", ", all.Select(o => o.Organization))}: choose with --org."
            : $"'ringfence context list' prints those there are; 'ringfence context create' makes one.";
        throw new SecretRefusedException(SecretCodes.NotThere, $"There is no context '{name}' in {of}.", elsewhere);
    }

    /// <summary>The variables of a project, which MAY have none yet.</summary>
    /// <param name="slug">The project; null for the one of this folder.</param>
    /// <exception cref="SecretRefusedException">It is no name of a project.</exception>
    public ChosenOwner Project(string? slug)
    {
        slug ??= Here.Slug;
        if (slug.Split('/') is not [_, _, ..] parts || parts.Any(string.IsNullOrWhiteSpace) || slug.Any(char.IsControl))
            throw new SecretRefusedException(InputCodes.BadArgument, "That is no name of a project.", "Name it like gh/acme/app, or leave it out for the project of this folder.");
        var key = VaultOwner.KeyOfProject(slug);
        return new ChosenOwner(key, slug, CurrentProject.OrganizationOf(slug), Folder.Vault.Find(key));
    }

    /// <summary>Asks the keep for a change.</summary>
    /// <param name="client">The keep.</param>
    /// <param name="request">The change.</param>
    /// <param name="confirm">Puts a confirmation into the request; null when there is nothing to confirm.</param>
    /// <param name="hint">What to type for a confirmation when nobody can be asked.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SecretRefusedException">The keep refuses.</exception>
    public async Task<Done> AskAsync(KeepClient client, KeepRequest request, Action<KeepRequest>? confirm, string hint, CancellationToken cancel)
    {
        request.AskedBy = Surroundings.UserName;
        while (true)
        {
            var answer = await client.AskAsync(request, cancel);
            switch (answer.KindCase)
            {
                case KeepAnswer.KindOneofCase.Done:
                    return answer.Done;
                case KeepAnswer.KindOneofCase.Refused when answer.Refused.Kind == RefusalKind.NeedsConfirmation && confirm is not null:
                    Confirm([.. answer.Refused.Sentences], hint);
                    confirm(request);
                    break;
                case KeepAnswer.KindOneofCase.Refused:
                    throw Refusal(answer.Refused);
                default:
                    throw new KeepException("The keep gave an answer that was not asked for.");
            }
        }
    }

    /// <summary>Has a person confirm something.</summary>
    /// <exception cref="SecretRefusedException">They do not, or nobody can be asked.</exception>
    public void Confirm(IReadOnlyList<string> sentences, string hint)
    {
        if (Surroundings.ReadKey is not { } readKey)
            throw new SecretRefusedException(SecretCodes.NotConfirmed, string.Join('\n', sentences), hint);
        foreach (var sentence in sentences)
            Say(sentence);
        Surroundings.Error.Write("Go on? [y/N] ");
        Surroundings.Error.Flush();
        using var keys = new PromptKeys(readKey, Surroundings);
        var key = keys.Next();
        Surroundings.Error.Write("\n");
        if (key.KeyChar is not ('y' or 'Y'))
            throw new SecretRefusedException(SecretCodes.NotConfirmed, "Nothing was changed.", null);
    }

    /// <summary>Tells a person something, on one line.</summary>
    public void Say(string sentence) => Surroundings.Error.Write(DisplayText.Escape(sentence) + "\n");

    private IEnumerable<RunRecord> Runs()
    {
        var projects = Path.Combine(_state.Root, "projects");
        return !Directory.Exists(projects) ? [] : Directory.EnumerateDirectories(projects).SelectMany(RunFolder.All).Select(run => RunRecord.Read(run.Path)).OfType<RunRecord>();
    }

    /// <summary>The exception for a refusal.</summary>
    public static SecretRefusedException Refusal(Refused refused)
    {
        var (code, exit) = refused.Kind switch
        {
            RefusalKind.NotFound => (SecretCodes.NotThere, ExitCode.InvalidInput),
            RefusalKind.NeedsConfirmation => (SecretCodes.NotConfirmed, ExitCode.InvalidInput),
            RefusalKind.SameValue => (SecretCodes.NotRotated, ExitCode.InvalidInput),
            RefusalKind.Tampered => (SecretCodes.Tampered, ExitCode.Tampered),
            RefusalKind.Stranger or RefusalKind.Expired or RefusalKind.Replayed or RefusalKind.Fault => (SecretCodes.NoKeep, ExitCode.Unavailable),
            _ => (SecretCodes.Refused, ExitCode.InvalidInput),
        };
        return new SecretRefusedException(code, string.Join('\n', refused.Sentences), refused.Kind == RefusalKind.Tampered ? "'ringfence ledger verify' shows more." : null, exit);
    }
}
