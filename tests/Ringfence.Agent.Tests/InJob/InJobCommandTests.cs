namespace Ringfence.Agent.Tests.InJob;

public sealed class InJobCommandTests : IDisposable
{
    private readonly JobFolder _job = new();

    public void Dispose() => _job.Dispose();

    [Theory, Rule("EX-7.63", "EX-10.16")]
    [InlineData("step")]
    [InlineData("task")]
    public void Halt_leaves_a_mark_for_the_runner(string word)
    {
        Assert.Equal(0, _job.Call(word, "halt").Code);
        Assert.Equal(0, _job.Call(word, "halt").Code);
        Assert.True(File.Exists(Path.Combine(_job.TaskData, "halt")));
    }

    [Fact]
    public void Halt_outside_a_job_fails()
    {
        _job.Environment.Remove("CIRCLE_INTERNAL_TASK_DATA");

        var call = _job.Call("step", "halt");

        Assert.Equal(1, call.Code);
        Assert.Contains("CIRCLE_INTERNAL_TASK_DATA", call.Error, StringComparison.Ordinal);
    }

    [Fact, Rule("EX-10.19")]
    public void Prints_its_version()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", _job.Call("--version", "--short").Out);
        Assert.Matches(@"^ringfence-agent \d+\.\d+\.\d+\n$", _job.Call("--version").Out);
        Assert.Equal(_job.Call("version").Out, _job.Call("--version").Out);
    }

    [Theory, Rule("EX-10.19")]
    [InlineData]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("tests")]
    [InlineData("run", "release", "--help")]
    [InlineData("help", "tests", "split")]
    [InlineData("tests", "run", "--help")]
    [InlineData("--verbose", "env", "subst", "-h")]
    [InlineData("run", "oidc", "get", "-help")]
    public void Shows_help(params string[] arguments)
    {
        var call = _job.Call(arguments);

        Assert.Equal(0, call.Code);
        Assert.Contains("circleci ", call.Out, StringComparison.Ordinal);
        Assert.Empty(call.Error);
    }

    [Theory]
    [InlineData("orb", "list")]
    [InlineData("tests", "frobnicate")]
    [InlineData("--frobnicate")]
    [InlineData("tests", "glob")]
    [InlineData("tests", "glob", "--frob", "*")]
    [InlineData("tests", "glob", "[a")]
    [InlineData("tests", "glob", "{a")]
    [InlineData("tests", "split", "--index")]
    [InlineData("tests", "split", "--index=2", "--total=2")]
    [InlineData("tests", "split", "--index=-1")]
    [InlineData("tests", "split", "--total=0")]
    [InlineData("tests", "split", "--split-by=luck")]
    [InlineData("tests", "split", "--timings-type=luck")]
    [InlineData("tests", "split", "--time-default=long")]
    [InlineData("tests", "split", "--show-counts=maybe")]
    [InlineData("tests", "split", "a", "b")]
    [InlineData("tests", "run")]
    [InlineData("step", "halt", "now")]
    public void Says_in_one_sentence_what_is_wrong_with_a_call(params string[] arguments)
    {
        var call = _job.Call(arguments);

        Assert.Equal(2, call.Code);
        Assert.Empty(call.Out);
        Assert.Matches(@"^circleci[^\n]*\.\n$", call.Error);
    }

    [Fact]
    public void A_wrong_call_does_not_repeat_values()
    {
        Assert.DoesNotContain("hunter2", _job.Call("tests", "split", "--password=hunter2").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _job.Call("tests", "split", "--index=hunter2").Error, StringComparison.Ordinal);
    }

    [Theory, Rule("EX-10.17", "EX-10.18", "EX-10.20")]
    [InlineData(1, "run", "oidc", "get", "--claims", "{\"aud\":\"x\"}", "--root-issuer", "--ttl=1h")]
    [InlineData(0, "run", "release", "plan", "deploy", "--environment-name=e", "--component-name=c", "--target-version=1", "--namespace=n", "--rollback")]
    [InlineData(0, "run", "release", "update", "deploy", "--status=SUCCESS")]
    [InlineData(0, "run", "release", "log", "--target-version=1", "--verbose")]
    [InlineData(1, "testsuite", "run", "ci tests")]
    [InlineData(1, "testsuite", "doctor")]
    public void Says_what_a_local_run_does_not_have(int code, params string[] arguments)
    {
        var call = _job.Call(arguments);

        Assert.Equal(code, call.Code);
        Assert.Empty(call.Out);
        Assert.Contains("a local run of Ringfence", call.Error, StringComparison.Ordinal);
    }
}
