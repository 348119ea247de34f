namespace Ringfence.Config.Tests.Rules;

public sealed class SchedulesTests
{
    [Rule("CL-16.10")]
    [Theory]
    [InlineData("0 0 * * *")]
    [InlineData("5 4 1 1 0")]
    [InlineData("0,15,30,45 2,14 * * 1,2,3")]
    [InlineData("0 3 * * 1-4")]
    [InlineData("0-9 1-5 1-7 1-6 *")]
    [InlineData("0 3 * jan,jul mon")]
    [InlineData("0 3 * * 7")]
    public void Takes_a_schedule(string cron)
    {
        var schedule = $"[{{schedule: {{cron: '{cron}', filters: {{branches: {{only: main}}}}}}}}]";
        var compiled = Sample.WorkflowBody($"triggers: {schedule}\njobs: [a]").ShouldBeClean();

        Assert.True(Assert.Single(compiled.Pipeline.Workflows).IsScheduled);
        compiled.Workflow("w")["triggers"].ShouldBe(schedule);
    }

    [Rule("CL-16.10")]
    [Theory]
    [InlineData("{only: main}")]
    [InlineData("{only: [main, /release.*/]}")]
    [InlineData("{ignore: main}")]
    [InlineData("{only: main, ignore: dev}")]
    public void Takes_the_branches_of_a_schedule(string branches) =>
        Sample.WorkflowBody($"triggers: [{{schedule: {{cron: '0 0 * * *', filters: {{branches: {branches}}}}}}}]\njobs: [a]").ShouldBeClean();

    [Rule("CL-16.10")]
    [Theory]
    [InlineData("{filters: {branches: {only: main}}}", "RF3002", "required key [cron] not found", 28)]
    [InlineData("{cron: '0 0 * * *'}", "RF3002", "required key [filters] not found", 28)]
    [InlineData("{cron: '0 0 * * *', filters: {}}", "RF3002", "required key [branches] not found", 56)]
    [InlineData("{cron: '0 0 * * *', filters: {branches: {}}}", "RF5009", "A schedule needs 'only' or 'ignore' below 'branches'", 56)]
    [InlineData("{cron: '0 0 * *', filters: {branches: {only: main}}}", "RF5009", "'0 0 * *' is not a schedule: it has 4 fields, not five", 34)]
    [InlineData("{cron: '0 0 * * * *', filters: {branches: {only: main}}}", "RF5009", "it has 6 fields, not five", 34)]
    [InlineData("{cron: '60 0 * * *', filters: {branches: {only: main}}}", "RF5009", "'60' is no minute from 0 to 59", 34)]
    [InlineData("{cron: '0 24 * * *', filters: {branches: {only: main}}}", "RF5009", "'24' is no hour from 0 to 23", 34)]
    [InlineData("{cron: '0 0 0 * *', filters: {branches: {only: main}}}", "RF5009", "'0' is no day of month from 1 to 31", 34)]
    [InlineData("{cron: '0 0 * foo *', filters: {branches: {only: main}}}", "RF5009", "'foo' is no month from 1 to 12", 34)]
    [InlineData("{cron: '0 5-3 * * *', filters: {branches: {only: main}}}", "RF5009", "the range '5-3' of the hour runs backwards", 34)]
    [InlineData("now", "RF5009", "A trigger is a 'schedule' with 'cron' and 'filters'", 16)]
    public void Refuses_a_schedule_that_is_not_one(string schedule, string code, string message, int column) =>
        Sample.WorkflowBody($"triggers: [{{schedule: {schedule}}}]\njobs: [a]").ShouldFailOnly(code, message, 5, column);

    [Rule("CL-16.11")]
    [Theory]
    [InlineData("*/5 * * * *", "steps such as '*/5' are not supported in the minute")]
    [InlineData("0 0-12/2 * * *", "steps such as '0-12/2' are not supported in the hour")]
    [InlineData("0 0 * * 1-3,5", "a range such as '1-3' cannot stand in a list, as in the day of week '1-3,5'")]
    [InlineData("0 0 * * mon-fri", "a range of names such as 'mon-fri' is not supported in the day of week")]
    public void Refuses_what_is_not_supported(string cron, string message) =>
        Sample.WorkflowBody($"triggers: [{{schedule: {{cron: '{cron}', filters: {{branches: {{only: main}}}}}}}}]\njobs: [a]")
            .ShouldFailOnly("RF5009", message, 5, 34, "times are UTC");

    [Rule("CL-16.14")]
    [Fact]
    public void Refuses_tags_of_a_schedule() =>
        Sample.WorkflowBody("triggers: [{schedule: {cron: '0 0 * * *', filters: {branches: {only: main}, tags: {only: v1}}}}]\njobs: [a]")
            .ShouldFailOnly("RF3001", "[#/workflows/w/triggers/schedule/filters] extraneous key [tags] is not permitted", 5, 81);
}
