using Google.Protobuf;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Cli.Tests.Run;

/// <summary>The real keep of a trial, as its own process, to put secrets in before a run.</summary>
internal sealed class TrialKeep : IAsyncDisposable
{
    private readonly KeepProcess _process;
    private readonly KeepFolder _folder;
    private readonly string _organization;

    private TrialKeep(KeepProcess process, KeepFolder folder, string organization) => (_process, _folder, _organization) = (process, folder, organization);

    public static async Task<TrialKeep> OpenAsync(PipelineTrial trial, string organization = "local")
    {
        var folder = new KeepFolder(Path.Combine(trial.Home, "keep"), Path.Combine(trial.Home, "vault"));
        var requester = SigningKeyFile.ReadOrCreate(Path.Combine(trial.Home, "requester.key"));
        if (!folder.Exists)
            await folder.CreateAsync(null, requester.Public, TimeProvider.System, TestContext.Current.CancellationToken);
        string[] command = [Path.Combine(AppContext.BaseDirectory, "ringfence"), "keep", "serve", "--folder", folder.Path, "--vault", folder.VaultPath];
        return new TrialKeep(await KeepProcess.StartAsync(command, requester, null, new Dictionary<string, string>(), TimeProvider.System, TestContext.Current.CancellationToken), folder, organization);
    }

    public async Task<Owner> ContextAsync(string name, params (string Name, string Value)[] variables)
    {
        var done = await DoAsync(new KeepRequest { CreateContext = new CreateContext { Organization = _organization, Name = name } });
        var owner = new Owner { ContextId = done.Id, Organization = _organization };
        foreach (var (variable, value) in variables)
            await SetAsync(owner, $"context:{done.Id}", variable, value);
        return owner;
    }

    public async Task<Owner> ProjectAsync(string project, params (string Name, string Value)[] variables)
    {
        var owner = new Owner { Project = project, Organization = _organization };
        foreach (var (variable, value) in variables)
            await SetAsync(owner, $"project:{NameId.Of(project):D}", variable, value);
        return owner;
    }

    public async Task<Done> DoAsync(KeepRequest request)
    {
        var answer = await _process.Client.AskAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.KindCase == KeepAnswer.KindOneofCase.Done, answer.Refused?.ToString());
        return answer.Done;
    }

    public IReadOnlyList<LedgerEntry> Entries() => LedgerReader.Read(Ledger.PathIn(_folder.Path), _folder.ReadPublicKeys()!.Value.Signing, [Ledger.ReadHead(_folder.Path)]).Entries;

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task SetAsync(Owner owner, string key, string name, string value)
    {
        using var secret = new SecretValue(value);
        var sealedBytes = _process.Client.PublicKey.Seal(secret, new SealedPlace(_organization, key, name, 1));
        await DoAsync(new KeepRequest { SetSecret = new SetSecret { Owner = owner, Name = name, Version = 1, Sealed = ByteString.CopyFrom(sealedBytes), IsShortOnPurpose = true, AllowsGuarded = name.StartsWith("CIRCLE_", StringComparison.Ordinal) } });
    }
}
