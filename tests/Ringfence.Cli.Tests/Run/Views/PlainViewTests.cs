using System.Globalization;
using System.Text;
using Ringfence.Cli.Output;
using Ringfence.Cli.Run;
using Ringfence.Cli.Run.Views;
using Ringfence.Workflows;

namespace Ringfence.Cli.Tests.Run.Views;

public sealed class PlainViewTests
{
    public static TheoryData<string> Scripts => RunScripts.Names;

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Shows_a_run_line_by_line(string script) =>
        Golden.Check(Shown(RunScripts.Named(script), OutputTraits.Plain), $"tests/Ringfence.Cli.Tests/Run/Views/Goldens/{script}.plain.txt");

    [Fact]
    public void Keeps_colours_and_nothing_else_where_colours_are_wanted()
    {
        var script = new RunScript().Begin("w", RunScript.Planned("j")).Starts("j").Step("j", 0, "s").Prints("j", 0, "\e[31mred\n\e[2Jgone\n").End(WorkflowStatus.Success);

        var shown = Shown(script, new OutputTraits(true, true, 80));

        Assert.Contains("w/j | \e[31mred\e[0m\n", shown, StringComparison.Ordinal);
        Assert.Contains(@"w/j | \x1b[2Jgone", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_the_same_however_the_output_is_cut()
    {
        var bytes = RunScripts.Named("hostile").Entries.Select(e => e.Event).OfType<RunEvent.StepOutput>().SelectMany(o => o.Bytes.ToArray())
            .Concat(Encoding.UTF8.GetBytes("\u20ac\U0001f600 \r\n\r\nend")).ToArray();
        var whole = Output(bytes, bytes.Length);
        for (var size = 1; size < 40; size++)
            Assert.Equal(whole, Output(bytes, size));
    }

    [Fact]
    public void Shows_plain_lines_the_same_one_by_one_and_many_at_a_time()
    {
        string[] lines = [.. Enumerable.Range(0, 3000).Select(i => new string((char)('a' + (i % 26)), i % 97)), "\tx", new string('l', LineCutter.Longest - 1), new string('m', 20_000), "", "end"];
        var bytes = Encoding.ASCII.GetBytes(string.Join('\n', lines));
        string[] shown = [.. lines.SelectMany(l => l.Length == 0 ? [""] : l.Chunk(LineCutter.Longest).Select(c => new string(c)))];
        var expected = string.Join('\n', shown.Select(l => "w/j | " + l));

        foreach (var size in new[] { 1, 100, 4096, 65_536, bytes.Length })
            Assert.Equal(expected, Output(bytes, size));
    }

    [Fact]
    public void A_line_without_an_end_is_cut_and_nothing_of_it_is_lost()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a\u20ac\e[1m", 400_000)));

        var lines = Output(bytes, 65_536).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.All(lines, line => Assert.True(line.Length <= LineCutter.Longest + "w/j | ".Length));
        Assert.Equal(string.Concat(Enumerable.Repeat("a\u20ac", 400_000)), string.Concat(lines.Select(l => l["w/j | ".Length..])));
    }

    /// <summary>A terminal would show each state for a moment only; a log of twenty thousand is none that anybody reads.</summary>
    [Fact]
    public void Of_a_progress_bar_shows_a_state_every_two_seconds_and_the_last()
    {
        var script = new RunScript().Begin("w", RunScript.Planned("j")).Starts("j").Step("j", 0, "s").Prints("j", 0, "load\n\r  0 %");
        for (var percent = 1; percent < 100; percent++)
            script.Wait(0.05).Prints("j", 0, $"\r{percent,3} %");
        script.Prints("j", 0, "\r      \rdone\r\r\nnext\r\n");

        var lines = Shown(script, OutputTraits.Plain).Split('\n').Where(l => l.StartsWith("w/j | ", StringComparison.Ordinal)).Select(l => l["w/j | ".Length..]);

        Assert.Equal(["load", "  0 %", " 40 %", " 80 %", "done", "next"], lines);
    }

    private static string Output(byte[] bytes, int chunk)
    {
        var script = new RunScript().Begin("w", RunScript.Planned("j")).Starts("j").Step("j", 0, "s");
        foreach (var part in bytes.Chunk(chunk))
            script.Prints("j", 0, part);
        var shown = Shown(script, OutputTraits.Plain);
        return string.Join('\n', shown.Split('\n').Where(l => l.StartsWith("w/j | ", StringComparison.Ordinal)));
    }

    private static string Shown(RunScript script, OutputTraits traits)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var board = new RunBoard();
        using (var view = new PlainView(board, writer, traits))
        {
            foreach (var (happened, at) in script.Entries)
            {
                if (happened is null)
                {
                    view.Tick(at);
                    continue;
                }

                board.Apply(happened);
                view.Show(happened);
            }
        }

        return writer.ToString();
    }
}
