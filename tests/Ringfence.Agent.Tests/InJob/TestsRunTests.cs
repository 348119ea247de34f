using System.Text;
using Ringfence.Agent.InJob;

namespace Ringfence.Agent.Tests.InJob;

public sealed class TestsRunTests : IDisposable
{
    private readonly JobFolder _job = new();

    public void Dispose() => _job.Dispose();

    [Fact, Rule("EX-10.10", "EX-10.11")]
    public void Gives_the_tests_of_this_node_to_the_command()
    {
        _job.Environment["CIRCLE_NODE_INDEX"] = "1";
        _job.Environment["CIRCLE_NODE_TOTAL"] = "2";

        var call = _job.CallWith("d b\nc a\n", "tests", "run", "--command", "cat; echo >&2 said", "--verbose");

        Assert.Equal((0, "b d"), (call.Code, call.Out));
        Assert.Contains("said", call.Error, StringComparison.Ordinal);
    }

    [Fact, Rule("EX-10.10")]
    public void Feeds_xargs_in_either_way()
    {
        Assert.Equal("a b\n", _job.CallWith("a b", "tests", "run", "--command=xargs echo").Out);
        Assert.Equal("<a>\n<b>\n", _job.CallWith("a\nb\n", "tests", "run", "--command", "xargs -I{} -d\" \" echo '<{}>'").Out);
    }

    [Fact]
    public void Runs_where_and_with_what_the_step_has()
    {
        _job.Environment["GREETING"] = "hello";

        _job.CallWith("a", "tests", "run", "--command=>here.txt xargs echo $GREETING");

        Assert.Equal("hello a\n", File.ReadAllText(Path.Combine(_job.Work, "here.txt")));
    }

    [Theory, Rule("EX-10.13")]
    [InlineData("exit 7", 7)]
    [InlineData("false; true", 1)]
    [InlineData("false | true", 1)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("no-such-program-at-all", 127)]
    public void Ends_as_the_command_does(string command, int code) => Assert.Equal(code, _job.CallWith("a", "tests", "run", "--command", command).Code);

    [Fact]
    public void Does_without_bash()
    {
        _job.Environment["PATH"] = "/nowhere";

        Assert.Equal(3, _job.CallWith("a", "tests", "run", "--command", "exit 3").Code);
    }

    [Fact]
    public void A_command_may_leave_its_input_unread_or_print_much_before_it_reads()
    {
        var names = string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"test/number/{i}"));

        Assert.Equal(0, _job.CallWith(names, "tests", "run", "--command", "exec <&-; true").Code);
        Assert.Equal(300_000, _job.CallWith(names, "tests", "run", "--command", "head -c 300000 /dev/zero; cat > /dev/null").Bytes.Length);
    }

    [Fact, Rule("EX-10.9", "EX-10.12")]
    public void A_node_without_tests_succeeds_and_runs_nothing()
    {
        var call = _job.CallWith("a", "tests", "run", "--command=exit 1", "--index=1", "--total=2");

        Assert.Equal((0, ""), (call.Code, call.Out));
        Assert.Contains("There were no tests found", call.Error, StringComparison.Ordinal);
    }

    [Fact, Rule("EX-10.11")]
    public void Warns_when_there_are_no_names()
    {
        var call = _job.CallWith(" \n", "tests", "run", "--command=exit 1");

        Assert.Equal(0, call.Code);
        Assert.Contains("No test names found in input source", call.Error, StringComparison.Ordinal);
    }

    [Fact, Rule("EX-10.12", "EX-10.14")]
    public void Runs_only_failed_tests_again()
    {
        _job.FailedTests("""{"workflow":"w-1","total":56,"failed":3,"files":["spec/b.rb","./spec/c.rb"],"classnames":["pkg.D"]}""");
        var names = $"spec/a.rb spec/b.rb {_job.Work}/spec/c.rb pkg.D pkg.E";

        var call = _job.CallWith(names, "tests", "run", "--command=xargs -n1 echo", "--verbose");

        Assert.Equal([$"{_job.Work}/spec/c.rb", "pkg.D", "spec/b.rb"], call.Lines);
        Assert.Contains("received failed tests from workflow w-1\n", call.Error, StringComparison.Ordinal);
        Assert.Contains("3 test(s) failed out of 56 total test(s). Rerunning 3 test file(s)\n", call.Error, StringComparison.Ordinal);
        Assert.Contains("file or classname attribute", call.Error, StringComparison.Ordinal);
        Assert.Equal(["spec/b.rb"], _job.CallWith(names, "tests", "run", "--command=xargs -n1 echo", "--index=2", "--total=4").Lines);
        Assert.Empty(_job.CallWith(names, "tests", "run", "--command=xargs -n1 echo", "--index=3", "--total=4").Lines);
    }

    [Theory, Rule("EX-10.14")]
    [InlineData("""{"workflow":"w","total":5,"failed":1,"files":[],"classnames":[]}""")]
    [InlineData("""{"workflow":"w","total":5,"failed":1,"files":["elsewhere/a.rb"],"classnames":[]}""")]
    [InlineData("""{"workflow":"w","total":5,"failed":0,"files":[],"classnames":[]}""")]
    [InlineData("""{"workflow":"w","total":5,"failed":1,"files":null,"classnames":[]}""")]
    [InlineData("""{"workflow":""")]
    [InlineData("null")]
    public void Runs_all_tests_again_if_it_cannot_tell_which_failed(string json)
    {
        _job.FailedTests(json);

        Assert.Equal(["a.rb", "b.rb"], _job.CallWith("b.rb a.rb", "tests", "run", "--command=xargs -n1 echo").Lines);
    }

    [Fact]
    public void A_split_is_not_a_rerun()
    {
        _job.FailedTests("""{"workflow":"w","total":5,"failed":1,"files":["a"],"classnames":[]}""");

        Assert.Equal(["a", "b"], _job.CallWith("a b", "tests", "split").Lines);
    }

    [Fact]
    public void A_started_program_inherits_the_output_of_this_process()
    {
        using var output = new MemoryStream();
        var code = InJobCommand.Run(["tests", "run", "--command=cat > inherited.txt; exit 4"], new InJobSurroundings
        {
            Stdin = new MemoryStream(Encoding.UTF8.GetBytes("a b")),
            Stdout = output,
            Stderr = TextWriter.Null,
            Environment = _job.Environment,
            WorkingDirectory = _job.Work,
            IsThisProcess = true,
        });

        Assert.Equal((4, "a b"), (code, File.ReadAllText(Path.Combine(_job.Work, "inherited.txt"))));
    }
}
