namespace Ringfence.Tests.Shared;

/// <summary>What the engine has of a run, asked of the <c>docker</c> command rather than of the code under test.</summary>
internal static class EngineTraces
{
    public static async Task<IReadOnlyList<string>> OfRunAsync(string runId)
    {
        var traces = new List<string>();
        string[][] questions = [["container", "ls", "--all"], ["network", "ls"], ["volume", "ls"]];
        foreach (var question in questions)
        {
            var (code, printed) = await Tool.RunAsync("docker", [.. question, "--quiet", "--filter", $"label=ringfence.run={runId}"]);
            Assert.Equal(0, code);
            traces.AddRange(printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => $"{question[0]} {id}"));
        }

        return traces;
    }
}
