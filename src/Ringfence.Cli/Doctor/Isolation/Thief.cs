using System.Collections.Immutable;
using System.Text;
using Google.Protobuf;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>Runs scripts in a sandbox the way steps run, and understands what the thief prints.</summary>
internal static class Thief
{
    private const int MostOutput = 1 << 20;

    /// <summary>Starts a script.</summary>
    public static Task<AgentProcess> StartAsync(AgentConnection agent, string script, IEnumerable<(string Name, string Value)> variables, CancellationToken cancel)
    {
        var hello = agent.Hello;
        var start = new StartProcess { Directory = hello.Temporary, Script = ByteString.CopyFromUtf8(script) };
        start.Argv.Add(hello.Shell);
        foreach (var (name, value) in hello.Environment)
            start.Environment[name] = value;
        (start.Environment["HOME"], start.Environment["PATH"]) = (hello.Home, hello.Path);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return AgentProcess.StartAsync(agent, start, cancel);
    }

    /// <summary>Runs a script to its end, or reads until it has printed a line that begins with a word, and gives what it printed.</summary>
    public static async Task<string> ReadAsync(AgentProcess process, string? until, CancellationToken cancel)
    {
        var text = new StringBuilder();
        while (text.Length < MostOutput && await process.ReadAsync(cancel) is { } output)
        {
            text.Append(Encoding.UTF8.GetString(output.Data.Span));
            if (until is not null && text.ToString().Split('\n')[..^1].LastOrDefault(l => l.StartsWith(until, StringComparison.Ordinal)) is { } line)
                return line;
        }

        return text.ToString();
    }

    /// <summary>What came of each probe. A decoy counts only when it is one that was planted, and a probe of which nothing was said was not tried.</summary>
    public static ImmutableArray<ProbeResult> Understand(string printed, Func<string, bool> isPlanted)
    {
        var said = printed.Split('\n').Select(line => line.Split('\t')).Where(parts => parts.Length == 3).ToArray();
        return [.. IsolationProbe.All.Select(probe => Judge(probe.Name, [.. said.Where(parts => parts[0] == probe.Name || parts[0] == "all")], isPlanted))];
    }

    private static ProbeResult Judge(string probe, string[][] said, Func<string, bool> isPlanted)
    {
        var found = said.Select(parts => parts[1] switch
        {
            "found" => parts[2],
            "got" when parts[2].Split(' ', 2) is [var value, var where] && isPlanted(value) => where,
            _ => "",
        }).Where(detail => detail.Length > 0).Distinct(StringComparer.Ordinal).Take(3).ToArray();
        if (found.Length > 0)
            return new ProbeResult(probe, ProbeState.Found, string.Join(", ", found));
        if (said.FirstOrDefault(parts => parts[1] == "untried") is { } untried)
            return new ProbeResult(probe, ProbeState.NotTried, untried[2]);
        return said.Length > 0 ? new ProbeResult(probe, ProbeState.Safe, "") : new ProbeResult(probe, ProbeState.NotTried, "the thief did not come so far");
    }
}
