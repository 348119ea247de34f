using System.Collections;
using System.Text;

namespace Ringfence.Agent.InJob;

/// <summary>All that the command touches of the process around it, so that tests can run it side by side.</summary>
internal sealed record InJobSurroundings
{
    /// <summary>What is piped into the command.</summary>
    public required Stream Stdin { get; init; }

    /// <summary>Receives data: what the rest of the script reads.</summary>
    public required Stream Stdout { get; init; }

    /// <summary>Receives everything that is said to a person.</summary>
    public required TextWriter Stderr { get; init; }

    /// <summary>The environment variables of the step.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>What relative paths are relative to.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>
    /// Whether <see cref="Stdout"/> and <see cref="Stderr"/> are this process's own. If so, a program that is started inherits them,
    /// so that it sees a terminal where there is one and nothing is copied.
    /// </summary>
    public bool IsThisProcess { get; init; }

    /// <summary>An environment variable; null when it is unset or empty.</summary>
    public string? Variable(string name) => Environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>Says one line to a person.</summary>
    public void Say(string line)
    {
        Stderr.WriteLine(line);
        Stderr.Flush();
    }

    /// <summary>The surroundings of this very process.</summary>
    public static InJobSurroundings OfThisProcess()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";

        return new InJobSurroundings
        {
            Stdin = Console.OpenStandardInput(),
            Stdout = Console.OpenStandardOutput(),
            Stderr = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)),
            Environment = variables,
            WorkingDirectory = Directory.GetCurrentDirectory(),
            IsThisProcess = true,
        };
    }
}
