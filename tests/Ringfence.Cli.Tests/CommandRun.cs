using System.Text;
using Ringfence.Cli.Commands;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Tests;

/// <summary>Runs commands in this process, in a folder of their own and with an environment of their own.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ringfence-cli-");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private Action? _interrupt;

    public CommandRun()
    {
        Directory.CreateDirectory(Folder);
        _environment["HOME"] = Path.Combine(_root.FullName, "home");
        _environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "";
    }

    /// <summary>The folder in which the commands run.</summary>
    public string Folder => Path.Combine(_root.FullName, "work");

    /// <summary>A folder below it in which they run instead.</summary>
    public string Below { get; set; } = "";

    public OutputTraits ErrorTraits { get; set; } = OutputTraits.Plain;

    public OutputTraits OutTraits { get; set; } = OutputTraits.Plain;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public Func<HttpMessageHandler>? HttpHandler { get; set; }

    public Stream Input { get; set; } = Stream.Null;

    /// <summary>Is told, on the thread that prints, each text that a command prints.</summary>
    public Action<string>? OnOutput { get; set; }

    /// <summary>What the keyboard says.</summary>
    public Func<ConsoleKeyInfo>? ReadKey { get; set; }

    /// <summary>How often a command has guarded its memory.</summary>
    public int Guarded { get; private set; }

    /// <summary>As Ctrl-C; does nothing while no command listens.</summary>
    public void Interrupt() => _interrupt?.Invoke();

    public CommandRun WithVariable(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    /// <summary>A file below the folder.</summary>
    public CommandRun WithFile(string path, string content) => WithFile(path, Encoding.UTF8.GetBytes(content));

    public CommandRun WithFile(string path, byte[] content)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return this;
    }

    public CommandRun WithInput(string text)
    {
        Input = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>The surroundings that commands get.</summary>
    public Surroundings Surroundings(TextWriter? output = null, TextWriter? error = null)
    {
        var surroundings = new Surroundings
        {
            Out = output ?? TextWriter.Null,
            Error = error ?? TextWriter.Null,
            In = Input,
            WorkingDirectory = Path.Combine(Folder, Below),
            Environment = _environment,
            Clock = Clock,
            OutTraits = OutTraits,
            ErrorTraits = ErrorTraits,
            ReadKey = ReadKey,
            UserName = "tester",
            GuardMemory = () =>
            {
                Guarded++;
                return [];
            },
            HideMemory = static () => true,
            OnInterrupt = take =>
            {
                _interrupt = take;
                return new MemoryStream();
            },
        };
        return HttpHandler is { } handler ? surroundings with { HttpHandler = handler } : surroundings;
    }

    /// <summary>Runs one command line.</summary>
    public async Task<CommandResult> Run(params string[] arguments)
    {
        var (output, error) = (new ListeningWriter(OnOutput), new StringWriter { NewLine = "\n" });
        var exit = await CommandLine.Run(arguments, Surroundings(output, error), TestContext.Current.CancellationToken);
        return new CommandResult((int)exit, output.ToString(), error.ToString());
    }

    public void Dispose() => _root.Delete(recursive: true);

    /// <summary>Tells of each whole line. What is not overridden comes down to these.</summary>
    private sealed class ListeningWriter : StringWriter
    {
        private readonly Action<string>? _listen;
        private readonly StringBuilder _line = new();

        public ListeningWriter(Action<string>? listen) => (_listen, NewLine) = (listen, "\n");

        public override void Write(char value)
        {
            base.Write(value);
            Take([value]);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            base.Write(buffer, index, count);
            Take(buffer.AsSpan(index, count));
        }

        public override void Write(string? value)
        {
            base.Write(value);
            Take(value);
        }

        private void Take(ReadOnlySpan<char> text)
        {
            if (_listen is null)
                return;
            foreach (var c in text)
            {
                if (c != '\n')
                {
                    _line.Append(c);
                    continue;
                }

                var line = _line.ToString();
                _line.Clear();
                _listen(line);
            }
        }
    }
}
