using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Cli.Run.Views;

namespace Ringfence.Cli.Tests.Run.Views;

public sealed class RunViewsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-views-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void When_nobody_reads_any_more_the_files_are_still_written()
    {
        var board = new RunBoard();
        using (var views = new RunViews(board, new LogFilesView(board, _folder.FullName), new PlainView(board, new FakeClosedPipe(), OutputTraits.Plain)))
        {
            foreach (var (happened, _) in RunScripts.Named("success").Entries)
            {
                if (happened is not null)
                    views.Show(happened);
            }

            Assert.True(views.ScreenIsLost);
        }

        Assert.EndsWith("packed without a line end", File.ReadAllText(Path.Combine(_folder.FullName, "logs/build/package/01-Pack.log")), StringComparison.Ordinal);
    }

    [Fact]
    public void Trouble_with_the_files_is_shown_on_the_screen_once()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "events.jsonl"), "/dev/full");
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var board = new RunBoard();
        using (var views = new RunViews(board, new LogFilesView(board, _folder.FullName), new PlainView(board, writer, OutputTraits.Plain)))
        {
            foreach (var (happened, at) in RunScripts.Named("success").Entries)
            {
                if (happened is not null)
                    views.Show(happened);
                views.Tick(at);
            }
        }

        Assert.Equal(2, writer.ToString().Split("The logs of this run end here").Length);
        Assert.Contains("Succeeded after", writer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xterm", true, false, false, "Live")]
    [InlineData("xterm", true, false, true, "Plain")]
    [InlineData("xterm", false, false, false, "Plain")]
    [InlineData("dumb", true, false, false, "Plain")]
    [InlineData("", true, false, false, "Plain")]
    [InlineData("xterm", true, true, false, "Json")]
    public void Moves_the_cursor_only_where_there_is_one(string term, bool isTerminal, bool isJson, bool isNoLive, string kind)
    {
        var surroundings = new Surroundings
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = Stream.Null,
            WorkingDirectory = _folder.FullName,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["TERM"] = term },
        };

        Assert.Equal(kind, RunViews.Choose(surroundings, isTerminal, isJson, isNoLive).ToString());
    }

    private sealed class FakeClosedPipe : StringWriter
    {
        public override void Flush() => throw new IOException("Broken pipe");
    }
}
