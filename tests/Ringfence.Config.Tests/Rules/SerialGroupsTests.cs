using Ringfence.Config.Compilation;

namespace Ringfence.Config.Tests.Rules;

public sealed class SerialGroupsTests
{
    [Rule("CL-17.25")]
    [Theory]
    [InlineData("deploy", "deploy")]
    [InlineData("acme/app.prod_1-X", "acme/app.prod_1-X")]
    [InlineData("<< pipeline.project.slug >>/deploy", "gh/acme/app/deploy")]
    [InlineData("<< pipeline.parameters.env >>-deploy", "Prod-deploy")]
    public void Have_a_key(string written, string key)
    {
        var compiled = Sample.Invocation($"serial-group: {written}", "parameters: {env: {type: string, default: Prod}}");

        Assert.Equal(key, compiled.Job("a/lock")["key"].Text);
        Assert.Equal(key, compiled.Invocation("w", "a/unlock").SerialKey);
    }

    [Rule("CL-17.25")]
    [Theory]
    [InlineData("''", 25)]
    [InlineData("' '", 25)]
    [InlineData("two words", 25)]
    [InlineData("über", 25)]
    [InlineData("a:b", 25)]
    public void Refuse_other_keys(string written, int column) =>
        Sample.Invocation($"serial-group: {written}").ShouldFailOnly("RF5011", "is not a key for a serial group", 10, column, "Use 1 to 512 letters");

    [Rule("CL-17.25")]
    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Limit_the_length_of_a_key(int length, bool isTaken) =>
        Assert.Equal(isTaken, Sample.Invocation($"serial-group: {new string('k', length)}").Result.IsValid);

    [Rule("CL-17.25")]
    [Fact]
    public void Tell_keys_apart_by_case() => Assert.True(Sample.Workflow("- a: {serial-group: key}\n- b: {serial-group: KEY}").Result.IsValid);

    [Rule("CL-17.26")]
    [Fact]
    public void Put_a_lock_before_the_job_and_an_unlock_behind_it()
    {
        var compiled = Sample.Workflow("- a\n- b: {requires: [a], context: x, filters: {tags: {only: v1}}, serial-group: key}\n- c: {requires: [b]}").ShouldBeClean();

        compiled.Document["jobs"].ShouldBe("""
            a: {docker: [{image: i}], steps: [checkout]}
            b/lock: {type: lock, key: key}
            b: {docker: [{image: i}], steps: [checkout]}
            b/unlock: {type: unlock, key: key}
            c: {docker: [{image: i}], steps: [checkout]}
            """);
        compiled.Workflow("w")["jobs"].ShouldBe("""
            - a
            - b/lock: {requires: [a], filters: {tags: {only: v1}}}
            - b: {requires: [b/lock], context: x, filters: {tags: {only: v1}}}
            - b/unlock: {requires: [b: terminal], filters: {tags: {only: v1}}}
            - c: {requires: [b]}
            """);
        Assert.Equal((JobType.Lock, JobType.Unlock), (compiled.Invocation("w", "b/lock").Type, compiled.Invocation("w", "b/unlock").Type));
    }

    [Rule("CL-17.26")]
    [Theory]
    [InlineData("a/lock")]
    [InlineData("a/unlock")]
    public void Do_not_let_others_wait_for_the_lock_or_the_unlock(string name) =>
        Sample.Workflow($"- a: {{serial-group: key}}\n- b: {{requires: [{name}]}}").ShouldFailOnly("RF5001", $"requires job \"{name}\"", 10, 24);

    [Rule("CL-17.27")]
    [Fact]
    public void Refuse_a_key_that_is_there_twice() => Sample.Workflow("- a: {serial-group: key}\n- b: {serial-group: key}")
        .ShouldFailOnly("RF5011", "The serial group 'key' is used twice in the workflow 'w'", 10, 27);

    [Rule("CL-17.27")]
    [Fact]
    public void Take_the_same_key_in_two_workflows() => Assert.True(Compiling.Config("""
        version: 2.1
        jobs: {a: {docker: [{image: i}], steps: [checkout]}}
        workflows: {w: {jobs: [a: {serial-group: key}]}, x: {jobs: [a: {serial-group: key}]}}
        """).Result.IsValid);

    [Rule("CL-17.27")]
    [Fact]
    public void Cannot_be_inside_of_a_job_group() => Sample.Group("- a: {serial-group: key}", "- g").ShouldFailOnly(
        "RF5011", "Use of `serial-group` on job invocations inside a job-group is not supported. Please consider using `serial-group` on the job-group instead.", 10, 27);

    [Rule("CL-17.27")]
    [Fact]
    public void Have_no_form_for_a_whole_workflow() => Sample.WorkflowBody("serial-group: key\njobs: [a]")
        .ShouldMention("RF3014", "extraneous key [serial-group] is ignored", 5, 5);
}
