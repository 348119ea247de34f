using System.Text;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Keep.Vaults;
using Ringfence.Sealing.Keys;

namespace Ringfence.Cli.Tests.Secrets;

/// <summary>A working copy of gh/acme/app and a state folder of its own; the keep is a real process.</summary>
internal sealed class SecretTrial : IDisposable
{
    public const string Value = "planted-Zx81-value-of-a-test";

    private readonly StringBuilder _printed = new();

    public SecretTrial()
    {
        Run.WithVariable("RINGFENCE_HOME", "state")
            .WithFile(".git/HEAD", "ref: refs/heads/main\n")
            .WithFile(".git/config", "[core]\n\trepositoryformatversion = 0\n[remote \"origin\"]\n\turl = git@github.com:acme/app.git\n")
            .WithFile(".git/objects/keep", "")
            .WithFile(".git/refs/heads/keep.txt", "");
    }

    public CommandRun Run { get; } = new();

    public string State => Path.Combine(Run.Folder, "state");

    public KeepFolder Keep => new(Path.Combine(State, "keep"), Path.Combine(State, "vault"));

    /// <summary>All that the commands have printed.</summary>
    public string Printed => _printed.ToString();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Runs a command with something on its standard input.</summary>
    public async Task<CommandResult> DoAsync(string input, params string[] arguments)
    {
        Run.WithInput(input);
        var result = await Run.Run(arguments);
        _printed.Append(result.Out).Append(result.Error);
        return result;
    }

    /// <summary>Runs a command that has to succeed, with something on its standard input.</summary>
    public async Task<CommandResult> PipeAsync(string input, params string[] arguments)
    {
        var result = await DoAsync(input, arguments);
        Assert.True(result.Exit == 0, result.Transcript);
        return result;
    }

    /// <summary>Runs a command that has to succeed.</summary>
    public Task<CommandResult> MustAsync(params string[] arguments) => PipeAsync("", arguments);

    /// <summary>Has the keyboard type lines, each ended by Enter.</summary>
    public SecretTrial Type(params string[] lines)
    {
        var keys = new Queue<ConsoleKeyInfo>(lines.SelectMany(line => line.Select(c => new ConsoleKeyInfo(c, 0, false, false, false)).Append(new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false))));
        Run.ReadKey = () => keys.Count > 0 ? keys.Dequeue() : throw new InvalidOperationException("Nothing more is typed.");
        return this;
    }

    /// <summary>Has the keyboard press one key.</summary>
    public SecretTrial Press(char key)
    {
        Run.ReadKey = () => new ConsoleKeyInfo(key, 0, false, false, false);
        return this;
    }

    public SecretTrial NoTerminal()
    {
        Run.ReadKey = null;
        return this;
    }

    public VaultOwner Context(string name) => Keep.Vault.FindContext("gh/acme", name)!;

    public VaultOwner Project(string slug = "gh/acme/app") => Keep.Vault.Find(VaultOwner.KeyOfProject(slug))!;

    public IReadOnlyList<LedgerEntry> Entries() => StoredSecrets.ReadLedger(Keep).Entries;

    /// <summary>Records that a job got variables, as the keep does.</summary>
    public async Task GrantAsync(DateTimeOffset at, LedgerJob job, params LedgerVariable[] variables)
    {
        using var keys = KeyFile.Read(Keep.KeyFile, null);
        var ledger = await Ledger.OpenAsync(Keep.Path, Keep.Memory, keys.Signing, new FakeClock { Now = at }, Cancel);
        using var turn = await ledger.TakeTurnAsync(Cancel);
        ledger.Append(new LedgerEntry { Kind = LedgerKind.Grant, By = "ann", Organization = "gh/acme", Job = job, Variables = [.. variables] });
    }

    public static LedgerVariable Released(VaultOwner owner, string name, params int[]? steps)
    {
        var variable = owner.Variables.Single(v => v.Name == name);
        return new LedgerVariable(name, owner.Key, owner.Name, variable.Version, variable.Fingerprint, steps is { Length: > 0 } ? [.. steps] : null);
    }

    public static LedgerJob Job(string name, string commit = "c0ffee1234", string image = "cimg/node:20.1", string orb = "acme/deploy@1.2.3") => new()
    {
        Project = "gh/acme/app",
        Pipeline = 7,
        Name = name,
        Commit = commit,
        Ref = "main",
        Images = [image],
        Orbs = [orb],
        Steps = ["Checkout code", "npm ci", "npm publish"],
    };

    /// <summary>Fails if a text stands anywhere in what was printed or stored.</summary>
    public void AssertNowhere(string value)
    {
        Assert.DoesNotContain(value, Printed, StringComparison.Ordinal);
        string[] forms = [value, Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('=')[..^1], Convert.ToHexString(Encoding.UTF8.GetBytes(value)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value))];
        foreach (var file in Directory.EnumerateFiles(State, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            Assert.All(forms, form => Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) < 0, $"The value stands in {file}."));
        }
    }

    public void Dispose() => Run.Dispose();
}
