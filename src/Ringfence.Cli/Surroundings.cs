using Ringfence.Cli.Output;
using Ringfence.Keep.Keyrings;
using Ringfence.Sealing.Memory;

namespace Ringfence.Cli;

/// <summary>All that a command touches of the process around it. Commands MUST NOT use <see cref="Console"/> or the environment directly, so that tests can run them side by side.</summary>
internal sealed record Surroundings
{
    /// <summary>Receives data: what another program may want to read.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Receives everything that is said to a person.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The bytes behind the path <c>-</c>.</summary>
    public required Stream In { get; init; }

    /// <summary>What relative paths are relative to.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The time, for caches.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How <see cref="Out"/> shows text.</summary>
    public OutputTraits OutTraits { get; init; } = OutputTraits.Plain;

    /// <summary>How <see cref="Error"/> shows text.</summary>
    public OutputTraits ErrorTraits { get; init; } = OutputTraits.Plain;

    /// <summary>Makes what sends the requests for URL orbs; it MUST NOT follow redirects by itself.</summary>
    public Func<HttpMessageHandler> HttpHandler { get; init; } = static () => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>Waits for a key at the terminal; null when nobody can be asked.</summary>
    public Func<ConsoleKeyInfo>? ReadKey { get; init; }

    /// <summary>Has the terminal show no key from now on until the process ends, as it does from the first <see cref="ReadKey"/>. What asks for something hidden calls it before it asks: a person may be quicker.</summary>
    public Action HideKeys { get; init; } = static () => { };

    /// <summary>Forgets what was typed at the terminal and not yet read.</summary>
    public Action DropKeys { get; init; } = static () => { };

    /// <summary>Takes over the terminal for a program that edits lines and answers Ctrl-C itself; null when input or output is none.</summary>
    public Func<RawTerminal>? OpenTerminal { get; init; }

    /// <summary>Has something called, from any thread, when a person asks the process to end, until what it gives is disposed.</summary>
    public Func<Action, IDisposable> OnInterrupt { get; init; } = static _ => NoSignals.Instance;

    /// <summary>The program that is the keep when it is told so: this one.</summary>
    public string OwnProgram { get; init; } = Path.Combine(AppContext.BaseDirectory, "ringfence");

    /// <summary>Whether <see cref="Out"/> is a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether <see cref="In"/> is a terminal, which shows what is typed.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Who works here, for the ledger.</summary>
    public string UserName { get; init; } = System.Environment.UserName;

    /// <summary>Keeps the memory of this process to itself, before it holds keys; gives a sentence for each guard that the system refused.</summary>
    public Func<IReadOnlyList<string>> GuardMemory { get; init; } = ProcessGuard.Apply;

    /// <summary>Keeps the memory of this process out of core dumps and from others, before it gets what jobs are given; gives whether that could be had.</summary>
    public Func<bool> HideMemory { get; init; } = ProcessGuard.Hide;

    /// <summary>An environment variable; null when it is unset or empty.</summary>
    public string? Variable(string name) => Environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>Where a program lies on the PATH; null when it is not installed.</summary>
    public string? ProgramPath(string name)
    {
        foreach (var folder in (Variable("PATH") ?? "").Split(Path.PathSeparator))
        {
            // A relative entry would let the repository that is looked at supply the program.
            if (Path.IsPathFullyQualified(folder) && Path.Combine(folder, name) is var program && File.Exists(program))
                return program;
        }

        return null;
    }

    /// <summary>The keyring of the user's desktop.</summary>
    public Keyring Keyring() => new(ProgramPath(Keep.Keyrings.Keyring.Tool), Environment, Clock);

    /// <summary>The full path of a path as the user wrote it.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>The surroundings of this very process.</summary>
    public static Surroundings OfThisProcess()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";

        return new Surroundings
        {
            Out = Utf8(new StandardStream(1)),
            Error = Utf8(new StandardStream(2)),
            In = Console.OpenStandardInput(),
            WorkingDirectory = Directory.GetCurrentDirectory(),
            Environment = variables,
            OutTraits = OutputTraits.Of(!Console.IsOutputRedirected, variables),
            ErrorTraits = OutputTraits.Of(!Console.IsErrorRedirected, variables),
            IsTerminal = !Console.IsOutputRedirected,
            IsInputTerminal = !Console.IsInputRedirected,
            ReadKey = Console.IsInputRedirected || Console.IsOutputRedirected ? null : static () => Console.ReadKey(intercept: true),

            // The runtime has no call for that; to look whether a key waits sets the terminal as to read one does.
            HideKeys = static () => _ = Console.KeyAvailable,
            DropKeys = static () =>
            {
                while (!Console.IsInputRedirected && Console.KeyAvailable)
                    Console.ReadKey(intercept: true);
            },
            OpenTerminal = Console.IsInputRedirected || Console.IsOutputRedirected ? null : RawTerminal.Open,
            OnInterrupt = static take => new InterruptSignals(take),
        };
    }

    // Our own writers: the console's would follow the locale's encoding and flush at every call.
    private static StreamWriter Utf8(Stream stream) => new(stream, new System.Text.UTF8Encoding(false), bufferSize: 16 * 1024);
}
