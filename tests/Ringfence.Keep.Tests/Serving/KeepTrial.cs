using System.Globalization;
using System.IO.Pipelines;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Keyrings;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Tests.Serving;

/// <summary>A keep in a folder of its own, asked through its real protocol over pipes in this process.</summary>
internal sealed class KeepTrial : IAsyncDisposable
{
    public const string Organization = "gh/acme";
    public const string Project = "gh/acme/app";

    private readonly string _folder;
    private readonly bool _isOwner;
    private readonly CancellationTokenSource _end = new();
    private Task _loop = Task.CompletedTask;

    private KeepTrial(string folder, SigningKey? signer)
    {
        _folder = folder;
        _isOwner = signer is null;
        Signer = signer ?? SigningKey.Create();
    }

    public SigningKey Signer { get; }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-11-24T12:00:00Z", CultureInfo.InvariantCulture));

    public KeepClient Client { get; private set; } = null!;

    public KeepFolder Folder => new(Path.Combine(_folder, "keep"), Path.Combine(_folder, "vault"));

    public string Root => _folder;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<KeepTrial> StartAsync(string? passphrase = null)
    {
        var trial = new KeepTrial(Directory.CreateTempSubdirectory("ringfence-keep-").FullName, null);
        using var phrase = passphrase is null ? null : new SecretValue(passphrase);
        await trial.Folder.CreateAsync(phrase, trial.Signer.Public, trial.Clock, Cancel);
        await trial.OpenAsync(phrase);
        return trial;
    }

    public async Task OpenAsync(SecretValue? passphrase)
    {
        var (there, back) = (new Pipe(), new Pipe());
        _loop = RunAsync();
        Client = await KeepClient.OpenAsync(back.Reader.AsStream(), there.Writer.AsStream(), Signer, passphrase, Clock, Cancel);

        async Task RunAsync()
        {
            try
            {
                await Task.Run(() => KeepLoop.RunAsync(Folder, there.Reader.AsStream(), back.Writer.AsStream(), new Keyring(null, new Dictionary<string, string>(), Clock), Clock, _end.Token), Cancel);
            }
            finally
            {
                // As the end of its process: whoever waits for an answer learns that there will be none.
                await back.Writer.CompleteAsync();
            }
        }
    }

    public async Task<Owner> MakeContextAsync(string name)
    {
        var done = await DoAsync(new KeepRequest { CreateContext = new CreateContext { Organization = Organization, Name = name } });
        return new Owner { ContextId = done.Id, Organization = Organization };
    }

    public static Owner OfProject(string slug = Project) => new() { Project = slug, Organization = Organization };

    public async Task<KeepAnswer> SetAsync(Owner owner, string name, string value, Action<SetSecret>? change = null, SealingPublicKey? key = null)
    {
        var stored = new Vault(Folder.VaultPath).Find(KeyOf(owner));
        var version = (stored?.Variables.FirstOrDefault(v => v.Name == name)?.Version ?? 0) + 1;
        using var secret = new SecretValue(value);
        var set = new SetSecret { Owner = owner, Name = name, Version = version, Sealed = ByteString.CopyFrom((key ?? Client.PublicKey).Seal(secret, new SealedPlace(Organization, KeyOf(owner), name, version))) };
        change?.Invoke(set);
        return await Client.AskAsync(new KeepRequest { SetSecret = set, AskedBy = "tester" }, Cancel);
    }

    public async Task<Done> DoAsync(KeepRequest request)
    {
        var answer = await Client.AskAsync(request, Cancel);
        Assert.True(answer.KindCase == KeepAnswer.KindOneofCase.Done, answer.Refused?.ToString());
        return answer.Done;
    }

    public static Release ReleaseOf(params string[] contexts)
    {
        var release = new Release
        {
            Organization = Organization,
            Project = Project,
            OriginRepository = Project,
            TargetRepository = Project,
            Reference = "refs/heads/main",
            Attempt = 1,
            Job = new Job { Pipeline = 7, Name = "deploy", Attempt = "deploy-1", Commit = "c0ffee", Ref = "main", Images = { "cimg/base:1" }, Orbs = { "acme/deploy@1.0.0" } },
        };
        release.Job.Steps.Add(new Step { Kind = "run", Name = "build", IsOfConfig = true });
        release.Job.Steps.Add(new Step { Kind = "run", Name = "push", Orb = "acme/deploy@1.0.0", Command = "deploy/push" });
        release.Values.Add(new Value { Name = "pipeline.git.branch", Text = "main" });
        release.Contexts.AddRange(contexts);
        return release;
    }

    public async Task<Dictionary<string, string>> GrantedAsync(Release release)
    {
        var answer = await Client.ReleaseAsync(release, Cancel);
        var granted = Assert.IsType<ReleaseAnswer.Granted>(answer);
        return granted.Variables.ToDictionary(v => v.Name, v => v.Value.RevealString());
    }

    public async Task<ReleaseAnswer.Denied> DeniedAsync(Release release) => Assert.IsType<ReleaseAnswer.Denied>(await Client.ReleaseAsync(release, Cancel));

    /// <summary>Another process with the same keep.</summary>
    public async Task<KeepTrial> AnotherAsync()
    {
        var other = new KeepTrial(_folder, Signer);
        await other.OpenAsync(null);
        return other;
    }

    /// <summary>Keeps a copy of the keep's folder and of the vault.</summary>
    public void Copy(string name)
    {
        foreach (var folder in (string[])[Folder.Path, Folder.VaultPath])
            Copy(folder, Path.Combine(_folder, name, Path.GetFileName(folder)));
    }

    /// <summary>Puts the copies in the place of both.</summary>
    public void PutBack(string name)
    {
        foreach (var folder in (string[])[Folder.Path, Folder.VaultPath])
        {
            Directory.Delete(folder, recursive: true);
            Copy(Path.Combine(_folder, name, Path.GetFileName(folder)), folder);
        }
    }

    public IReadOnlyList<LedgerEntry> Entries()
    {
        var reading = LedgerReader.Read(Ledger.PathIn(Folder.Path), Folder.ReadPublicKeys()!.Value.Signing, [Ledger.ReadHead(Folder.Path)]);
        Assert.Empty(reading.Problems);
        return reading.Entries;
    }

    public string FileOf(Owner owner) => Path.Combine(Folder.VaultPath, KeyOf(owner).Replace(':', '-') + ".json");

    public static string KeyOf(Owner owner) => KeepRoom.KeyOf(owner);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Client.Dispose();
        _end.Dispose();
        if (!_isOwner)
            return;
        Signer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
