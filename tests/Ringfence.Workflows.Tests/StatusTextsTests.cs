namespace Ringfence.Workflows.Tests;

public sealed class StatusTextsTests
{
    [Fact]
    [Rule("EX-3.1")]
    public void Every_status_of_a_job_has_the_word_of_the_api() => Assert.Equal(
        "blocked not_running queued running on_hold success failed infrastructure_fail timedout canceled unauthorized not_run retried terminated-unknown",
        string.Join(' ', Enum.GetValues<JobStatus>().Select(s => s.ToApiText())));

    [Fact]
    [Rule("EX-2.1")]
    public void Every_status_of_a_workflow_has_the_word_of_the_api() => Assert.Equal(
        "running queued on_hold failing success failed error canceled unauthorized not_run",
        string.Join(' ', Enum.GetValues<WorkflowStatus>().Select(s => s.ToApiText())));
}
