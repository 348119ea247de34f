using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Ringfence.Cli.Run.Views;

namespace Ringfence.Cli.Tests.Run.Views;

public sealed class LogFilesViewTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-logs-");

    public static TheoryData<string> Scripts => ["success", "failure", "not-run", "parallel", "infrastructure", "hostile", "retries", "time-out"];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Keeps_a_run_as_files(string script)
    {
        Keep(RunScripts.Named(script));

        var files = new StringBuilder();
        foreach (var file in Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            files.Append(CultureInfo.InvariantCulture, $"== {Path.GetRelativePath(_folder.FullName, file)}\n{File.ReadAllText(file).Replace("\e", "<ESC>", StringComparison.Ordinal)}\n");
        Golden.Check(files.ToString(), $"tests/Ringfence.Cli.Tests/Run/Views/Goldens/{script}.files.txt");
    }

    [Fact]
    [Rule("EX-6.23")]
    public void A_log_holds_the_bytes_as_they_were_printed()
    {
        byte[] printed = [.. "\e[31mred\e[0m 10%\r20%\r\n"u8, 0xff, 0x00, .. "end"u8];
        Keep(new RunScript().Begin("w", RunScript.Planned("j")).Starts("j").Step("j", 2, "Run it!").Prints("j", 2, printed[..7]).Prints("j", 2, printed[7..]));

        Assert.Equal(printed, File.ReadAllBytes(Path.Combine(_folder.FullName, "logs", "w", "j", "03-Run-it.log")));
    }

    [Fact]
    public void Names_that_differ_only_in_what_files_cannot_have_get_different_files()
    {
        Keep(new RunScript().Begin("w", RunScript.Planned("a/b"), RunScript.Planned("a b"), RunScript.Planned("A-B"))
            .Starts("a/b").Step("a/b", 0, "x").Starts("a b").Step("a b", 0, "x").Starts("A-B").Step("A-B", 0, "x"));

        Assert.Equal(["A-B.3", "a-b", "a-b.2"], Directory.GetDirectories(Path.Combine(_folder.FullName, "logs", "w")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Other_users_cannot_read_the_logs()
    {
        Keep(RunScripts.Named("success"));

        Assert.All(Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_full_disk_is_told_once_and_ends_nothing()
    {
        var board = new RunBoard();
        var script = RunScripts.Named("success");

        // Every write to this device fails with "no space left".
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "events.jsonl"), "/dev/full");
        var troubles = new List<string>();
        using (var view = new LogFilesView(board, _folder.FullName))
        {
            foreach (var (happened, at) in script.Entries)
            {
                if (happened is not null)
                {
                    board.Apply(happened);
                    view.Show(happened);
                }

                view.Tick(at);
                if (view.TakeTrouble() is { } trouble)
                    troubles.Add(trouble);
            }
        }

        Assert.Contains("No space left on device", Assert.Single(troubles), StringComparison.Ordinal);
    }

    [Fact]
    public void The_jobs_are_a_JUnit_file_whatever_they_print()
    {
        Keep(new RunScript().Begin("w", RunScript.Planned("j\u0001")).Starts("j\u0001").Step("j\u0001", 0, "s").Prints("j\u0001", 0, "\0\e[31m]]> <&\ufffe\n")
            .StepDone("j\u0001", 0, Ringfence.Runner.Jobs.StepOutcome.Failed, 3).Done("j\u0001", RunScript.Result(Ringfence.Runner.Jobs.JobOutcome.Failed, failedStep: 0))
            .Job("j\u0001", Ringfence.Workflows.JobStatus.Failed).End(Ringfence.Workflows.WorkflowStatus.Failed));

        var failure = Assert.Single(XDocument.Load(Path.Combine(_folder.FullName, "jobs.junit.xml")).Descendants("failure"));
        Assert.Contains("exit code 3", failure.Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.Contains("]]> <&", failure.Value, StringComparison.Ordinal);
    }

    private void Keep(RunScript script)
    {
        var board = new RunBoard();
        using var view = new LogFilesView(board, _folder.FullName);
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

        Assert.Null(view.TakeTrouble());
    }
}
