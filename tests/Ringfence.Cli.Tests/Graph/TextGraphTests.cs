namespace Ringfence.Cli.Tests.Graph;

public sealed class TextGraphTests
{
    [Fact]
    public async Task Wraps_long_requirements_below_the_first()
    {
        var names = Enumerable.Range(1, 12).Select(i => $"check-number-{i}").ToArray();
        var jobs = string.Concat(names.Append("bundle").Select(n => $"  {n}: {{docker: [{{image: a}}], steps: [checkout]}}\n"));
        var calls = string.Concat(names.Select(n => $"      - {n}\n"));
        using var run = new CommandRun();
        run.WithFile(Configs.Path, $"version: 2.1\njobs:\n{jobs}workflows:\n  main:\n    jobs:\n{calls}      - bundle: {{requires: [{string.Join(", ", names)}]}}\n");

        Golden.Check((await run.Run("config", "graph")).Out, "tests/Ringfence.Cli.Tests/Graph/Goldens/wrapped.txt");
    }
}
