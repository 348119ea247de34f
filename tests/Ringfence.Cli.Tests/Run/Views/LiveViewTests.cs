using System.Globalization;
using System.Text;
using Ringfence.Cli.Output;
using Ringfence.Cli.Run.Views;

namespace Ringfence.Cli.Tests.Run.Views;

public sealed class LiveViewTests
{
    public static TheoryData<string> Scripts => RunScripts.Names;

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Draws_a_run_in_place(string script) => Check(script, new OutputTraits(true, true, 80), 40, script + ".live.txt");

    [Theory]
    [InlineData("failure")]
    [InlineData("hostile")]
    public void Draws_with_ASCII_alone(string script) => Check(script, new OutputTraits(false, false, 60), 30, script + ".live-ascii.txt");

    [Theory]
    [InlineData("failure", 12)]
    [InlineData("failure", 5)]
    [InlineData("parallel", 4)]
    [InlineData("approval", 2)]
    public void Shows_less_on_a_low_terminal(string script, int height) =>
        Check(script, new OutputTraits(false, true, 50), height, string.Create(CultureInfo.InvariantCulture, $"{script}.live-{height}.txt"));

    [Fact]
    public void Draws_at_most_ten_times_a_second()
    {
        using var terminal = new StringWriter(CultureInfo.InvariantCulture);
        var (board, view) = Begun(terminal, new TerminalSize(80, 24));
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero);

        view.Tick(at);
        var once = terminal.ToString().Length;
        view.Tick(at.AddMilliseconds(99));
        Assert.Equal(once, terminal.ToString().Length);
        view.Tick(at.AddMilliseconds(100));
        Assert.True(terminal.ToString().Length > once);
    }

    [Fact]
    public void Sends_only_the_lines_that_changed()
    {
        using var terminal = new StringWriter(CultureInfo.InvariantCulture);
        var (board, view) = Begun(terminal, new TerminalSize(80, 24));
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero);
        view.Tick(at);
        terminal.GetStringBuilder().Clear();

        view.Tick(at.AddSeconds(1));

        Assert.Contains("workflow-name", terminal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("first-job", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_cut_off_leaves_a_cursor_and_no_picture()
    {
        using var terminal = new FakeTerminal(80, 24);
        var (_, view) = Begun(terminal, new TerminalSize(80, 24));
        view.Tick(new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero));
        Assert.False(terminal.CursorIsShown);

        view.Dispose();
        view.Dispose();

        Assert.True(terminal.CursorIsShown);
        Assert.DoesNotContain("first-job", terminal.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_stands_above_the_picture()
    {
        using var terminal = new FakeTerminal(80, 24);
        var (board, view) = Begun(terminal, new TerminalSize(80, 24));
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero);
        view.Tick(at);

        view.Show(new Ringfence.Cli.Run.RunEvent.Notice(at, "Look at this.", true));
        view.Tick(at.AddSeconds(1));

        var screen = terminal.Screen;
        Assert.True(screen.IndexOf("warning: Look at this.", StringComparison.Ordinal) < screen.IndexOf("workflow-name", StringComparison.Ordinal));
        Assert.Equal(screen.IndexOf("first-job", StringComparison.Ordinal), screen.LastIndexOf("first-job", StringComparison.Ordinal));
    }

    [Fact]
    public void A_notice_that_is_wider_than_the_terminal_is_shown_to_its_end()
    {
        using var terminal = new FakeTerminal(40, 24);
        var (_, view) = Begun(terminal, new TerminalSize(40, 24));
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero);
        view.Tick(at);

        view.Show(new Ringfence.Cli.Run.RunEvent.Notice(at, new string('x', 90) + " end.", true));
        view.Tick(at.AddSeconds(1));

        Assert.Contains($"warning: {new string('x', 31)}\n{new string('x', 40)}\n{new string('x', 19)} end.\n", terminal.Screen, StringComparison.Ordinal);
        Assert.Equal(terminal.Screen.IndexOf("workflow-name", StringComparison.Ordinal), terminal.Screen.LastIndexOf("workflow-name", StringComparison.Ordinal));
    }

    [Fact]
    public void No_colours_when_they_are_not_wanted()
    {
        using var terminal = new StringWriter(CultureInfo.InvariantCulture);
        var (_, view) = Begun(terminal, new TerminalSize(80, 24));

        view.Tick(new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero));

        Assert.DoesNotMatch("\e\\[[0-9;]*m", terminal.ToString());
    }

    private static (RunBoard Board, LiveView View) Begun(TextWriter terminal, TerminalSize size)
    {
        var board = new RunBoard();
        var view = new LiveView(board, terminal, new OutputTraits(false, true, size.Width), () => size);
        foreach (var (happened, _) in new RunScript().Begin("workflow-name", RunScript.Planned("first-job"), RunScript.Planned("second-job")).Entries)
        {
            board.Apply(happened!);
            view.Show(happened!);
        }

        return (board, view);
    }

    private static void Check(string script, OutputTraits traits, int height, string file)
    {
        var text = new StringBuilder();
        var board = new RunBoard();
        using var terminal = new FakeTerminal(Math.Max(traits.Width, 400), height);
        using (var view = new LiveView(board, terminal, traits, () => new TerminalSize(traits.Width, height)))
        {
            foreach (var (happened, at) in RunScripts.Named(script).Entries)
            {
                if (happened is not null)
                {
                    board.Apply(happened);
                    view.Show(happened);
                    continue;
                }

                view.Tick(at);
                text.Append("--- a look\n").Append(terminal.Screen);
            }
        }

        text.Append("--- the end\n").Append(terminal.Screen);
        Assert.True(terminal.CursorIsShown);
        Golden.Check(text.ToString(), "tests/Ringfence.Cli.Tests/Run/Views/Goldens/" + file);
    }
}
