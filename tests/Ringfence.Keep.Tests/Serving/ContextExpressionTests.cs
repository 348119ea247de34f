using Ringfence.Protocol.Keeps;

namespace Ringfence.Keep.Tests.Serving;

/// <summary>Expressions that restrict a context, from the request that sets them to the decision about a job: branch main, no tag, number 7, no SSH, the config from git.</summary>
public sealed class ContextExpressionTests
{
    [Theory]
    [Rule("EXP-1")]
    [InlineData("pipeline.git.branch == \"main\" and pipeline.number == 7", true)]
    [InlineData("pipeline.git.branch == \"dev\" or pipeline.number == 7", true)]
    [InlineData("pipeline.git.branch == \"dev\" or pipeline.number == 8", false)]
    [InlineData("not (pipeline.git.branch == \"dev\")", true)]
    [InlineData("!(pipeline.git.branch == \"main\")", false)]
    [InlineData("pipeline.git.branch != \"main\"", false)]
    [InlineData("pipeline.git.branch starts-with \"ma\"", true)]
    [InlineData("pipeline.git.branch matches /m.*n/", true)]
    [InlineData("pipeline.git.branch matches /ma/", false)]
    [InlineData("pipeline.number > 6 and pipeline.number >= 7 and pipeline.number <= 7 and pipeline.number < 8", true)]
    [InlineData("pipeline.number > 7", false)]
    [InlineData("pipeline.number < 7", false)]
    public Task Have_all_operators(string expression, bool isGranted) => DecidesAsync(expression, isGranted);

    [Theory]
    [Rule("EXP-1")]
    [InlineData("pipeline.number == 7 or pipeline.number == 8 and pipeline.number == 9", true)]
    [InlineData("(pipeline.number == 7 or pipeline.number == 8) and pipeline.number == 9", false)]
    [InlineData("not job.ssh.enabled and pipeline.number == 8", false)]
    [InlineData("not (job.ssh.enabled and pipeline.number == 8)", true)]
    [InlineData("pipeline.number == 7 == true", true)]
    public Task Bind_as_documented(string expression, bool isGranted) => DecidesAsync(expression, isGranted);

    [Theory]
    [Rule("EXP-2")]
    [InlineData("pipeline.git.commit.subject == \"a \\\"quoted\\\" \\\\ word\"", true)]
    [InlineData("pipeline.number < 9223372036854775807", true)]
    [InlineData("job.ssh.enabled == false", true)]
    [InlineData("pipeline.git.branch matches /^ma[a-z]{2}$/", true)]
    [InlineData("pipeline.git.branch\n  ==\n\t\"main\"\n", true)]
    public Task Have_literals_and_any_space(string expression, bool isGranted) => DecidesAsync(expression, isGranted);

    [Theory]
    [Rule("EXP-4", "EXP-6")]
    [InlineData("pipeline.git.tag == \"v1\"", false)]
    [InlineData("pipeline.git.tag != \"v1\"", false)]
    [InlineData("not (pipeline.git.tag starts-with \"v\")", false)]
    [InlineData("pipeline.git.branch == \"main\" or pipeline.git.tag == \"v1\"", true)]
    [InlineData("pipeline.git.tag == \"v1\" or pipeline.git.branch == \"main\"", false)]
    [InlineData("pipeline.schedule.id == \"\"", false)]
    public Task Deny_without_a_value(string expression, bool isGranted) => DecidesAsync(expression, isGranted);

    [Theory]
    [Rule("EXP-3", "EXP-5", "EXP-7", "EXP-8", "EXP-10")]
    [InlineData("pipeline.parameters.env == \"prod\"")]
    [InlineData("pipeline.trigger_parameters.webhook.body == \"x\"")]
    [InlineData("no.such.value == 1")]
    [InlineData("pipeline.number > \"5\"")]
    [InlineData("pipeline.number == \"7\"")]
    [InlineData("pipeline.number != \"7\"")]
    [InlineData("pipeline.git.branch")]
    [InlineData("\"\"")]
    [InlineData("pipeline.git.branch == \"a\\nb\"")]
    [InlineData("(pipeline.number == 7")]
    public async Task Are_refused_when_they_cannot_be_meant_and_the_context_stays_as_it_was(string expression)
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");

        var answer = await keep.Client.AskAsync(Restrict(context, expression), KeepTrial.Cancel);

        Assert.Equal(RefusalKind.Invalid, answer.Refused?.Kind);
        await keep.GrantedAsync(Job());
    }

    [Theory]
    [Rule("EXP-11", "EXP-12")]
    [InlineData("not (pipeline.config_source starts-with \"api\")", false, false, true)]
    [InlineData("not (pipeline.config_source starts-with \"api\")", false, true, false)]
    [InlineData("not job.ssh.enabled", false, false, true)]
    [InlineData("not job.ssh.enabled", true, false, false)]
    public Task Know_how_the_job_came_to_be(string expression, bool ssh, bool api, bool isGranted) => DecidesAsync(expression, isGranted, job => (job.IsSshEnabled, job.IsConfigFromApi) = (ssh, api));

    private static async Task DecidesAsync(string expression, bool isGranted, Action<Release>? change = null)
    {
        await using var keep = await KeepTrial.StartAsync();
        var context = await keep.MakeContextAsync("release");
        await keep.SetAsync(context, "TOKEN", "some-value-1");
        await keep.DoAsync(Restrict(context, expression));
        var job = Job();
        change?.Invoke(job);

        if (isGranted)
            Assert.Equal(["TOKEN"], (await keep.GrantedAsync(job)).Keys);
        else
            Assert.Contains((await keep.DeniedAsync(job)).Reasons, r => r.Code == "context_expression");
    }

    private static Release Job()
    {
        var job = KeepTrial.ReleaseOf("release");
        job.Values.Add(new Value { Name = "pipeline.number", Integer = 7 });
        job.Values.Add(new Value { Name = "pipeline.git.commit.subject", Text = "a \"quoted\" \\ word" });
        return job;
    }

    private static KeepRequest Restrict(Owner context, string expression) => new() { EditPolicy = new EditPolicy { Owner = context, IsConfirmed = true, AddExpression = expression } };
}
