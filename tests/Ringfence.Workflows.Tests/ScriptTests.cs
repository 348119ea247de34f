namespace Ringfence.Workflows.Tests;

/// <summary>The scenarios of the specification and other typical workflows, as texts that can be read.</summary>
public sealed class ScriptTests
{
    private const string Folder = "tests/Ringfence.Workflows.Tests/Scripts";

    [Fact]
    [Rule("EX-18.8", "EX-2.3", "EX-2.6a", "CL-17.12", "EX-18.11", "EX-5.2")]
    public void A_failure_dooms_and_a_rerun_from_failed_keeps_successes() => Play("failure-and-rerun");

    [Fact]
    [Rule("EX-18.9", "EX-3.11")]
    public void An_approval_holds_the_workflow() => Play("approval");

    [Fact]
    [Rule("EX-18.10", "EX-3.16", "EX-3.17", "EX-3.18", "EX-3.19")]
    public void A_serial_group_lets_one_in() => Play("serial-group");

    [Fact]
    [Rule("EX-18.18", "CL-19.6", "EX-3.18")]
    public void A_group_that_fails_gives_its_lock_back_when_all_its_jobs_are_over() => Play("serial-job-group");

    [Fact]
    [Rule("EX-18.20", "CL-17.20")]
    public void A_denied_context_lets_go_what_waits_for_it() => Play("unauthorized");

    [Fact]
    [Rule("EX-2.5", "EX-2.6b")]
    public void Cancel_of_a_job_lets_go_what_waits_for_it_and_cancel_of_the_workflow_does_not() => Play("cancel");

    [Fact]
    [Rule("EX-5.8")]
    public void A_failed_workflow_is_rerun_by_itself() => Play("automatic-rerun");

    [Fact]
    [Rule("EX-3.5")]
    public void A_lost_machine_is_another_attempt() => Play("lost-machine");

    private static void Play(string name)
    {
        var path = $"{Folder}/{name}.txt";
        Golden.Check(Script.Play(File.ReadAllText(RepositoryRoot.At(path))), path);
    }
}
