using System.Text;
using Ringfence.Cli.Commands;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Tests;

/// <summary>Runs commands in this process, in a folder of their own and with an environment of their own.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ringfence-cli-");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public CommandRun()
    {
        Directory.CreateDirectory(Folder);
        _environment["HOME"] = Path.Combine(_root.FullName, "home");
        _environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "";
    }

    /// <summary>The folder in which the commands run.</summary>
    public string Folder => Path.Combine(_root.FullName, "work");

    public OutputTraits ErrorTraits { get; set; } = OutputTraits.Plain;

    public OutputTraits OutTraits { get; set; } = OutputTraits.Plain;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public Func<HttpMessageHandler>? HttpHandler { get; set; }

    public Stream Input { get; set; } = Stream.Null;

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
            WorkingDirectory = Folder,
            Environment = _environment,
            Clock = Clock,
            OutTraits = OutTraits,
            ErrorTraits = ErrorTraits,
        };
        return HttpHandler is { } handler ? surroundings with { HttpHandler = handler } : surroundings;
    }

    /// <summary>Runs one command line.</summary>
    public async Task<CommandResult> Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var exit = await CommandLine.Run(arguments, Surroundings(output, error), TestContext.Current.CancellationToken);
        return new CommandResult((int)exit, output.ToString(), error.ToString());
    }

    public void Dispose() => _root.Delete(recursive: true);
}
