using System.Text;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Tests.Sandboxes.Parts;

/// <summary>What a process in a sandbox printed, and how it ended.</summary>
internal sealed record Outcome(string Output, string Errors, Exited Exit)
{
    public int Code => Exit.Code;

    /// <summary>Runs a shell script in the sandbox.</summary>
    public static async Task<Outcome> OfAsync(ISandbox sandbox, string script, Action<StartProcess>? change = null)
    {
        using var process = await StartAsync(sandbox, script, change);
        return await OfAsync(process);
    }

    /// <summary>Starts a shell script in the sandbox.</summary>
    public static Task<AgentProcess> StartAsync(ISandbox sandbox, string script, Action<StartProcess>? change = null)
    {
        var hello = sandbox.Agent.Hello;
        var start = new StartProcess { Directory = hello.TaskFolder, Argv = { hello.Shell, "-c", script }, Environment = { ["PATH"] = hello.Path, ["HOME"] = hello.Home } };
        change?.Invoke(start);
        return AgentProcess.StartAsync(sandbox.Agent, start, TestContext.Current.CancellationToken);
    }

    /// <summary>Reads a process to its end.</summary>
    public static async Task<Outcome> OfAsync(AgentProcess process)
    {
        using MemoryStream output = new(), errors = new();
        while (await process.ReadAsync(TestContext.Current.CancellationToken) is { } part)
            (part.IsError ? errors : output).Write(part.Data.Span);
        return new Outcome(Text(output), Text(errors), process.Exit!);
    }

    /// <summary>Reads until a text has come.</summary>
    public static async Task UntilAsync(AgentProcess process, string wanted)
    {
        var seen = new StringBuilder();
        while (!seen.ToString().Contains(wanted, StringComparison.Ordinal))
        {
            var part = await process.ReadAsync(TestContext.Current.CancellationToken);
            Assert.True(part is not null, $"It ended before it printed {wanted}: {seen}");
            seen.Append(part.Data.ToStringUtf8());
        }
    }

    private static string Text(MemoryStream content) => Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);
}
