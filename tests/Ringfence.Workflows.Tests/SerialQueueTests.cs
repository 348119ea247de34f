using CsCheck;
using Ringfence.Workflows.Serial;

namespace Ringfence.Workflows.Tests;

[Rule("EX-3.15")]
public sealed class SerialQueueTests
{
    [Fact]
    [Rule("EX-3.16")]
    public void Refuses_a_lower_number_than_any_holder_or_waiter_of_the_project_has()
    {
        var queue = SerialQueue.Empty.Request("k", Ticket("other", 1), Sample.Noon).Queue.Request("k", Ticket("app", 12), Sample.Noon).Queue;

        Assert.IsType<SerialDecision.Refused>(Assert.Single(queue.Request("k", Ticket("app", 11), Sample.Noon).Decisions));
        Assert.IsType<SerialDecision.Waits>(Assert.Single(queue.Request("k", Ticket("app", 12), Sample.Noon).Decisions));
        Assert.IsType<SerialDecision.Waits>(Assert.Single(queue.Request("k", Ticket("third", 1), Sample.Noon).Decisions));
        Assert.IsType<SerialDecision.Granted>(Assert.Single(queue.Request("K", Ticket("app", 11), Sample.Noon).Decisions));
    }

    [Fact]
    public void What_is_said_twice_does_no_harm()
    {
        var (one, two) = (Ticket("app", 1), Ticket("app", 2));
        var queue = SerialQueue.Empty.Request("k", one, Sample.Noon).Queue.Request("k", two, Sample.Noon).Queue;

        Assert.Equal(new SerialDecision.Granted("k", one), Assert.Single(queue.Request("k", one, Sample.Noon).Decisions));
        Assert.Equal(new SerialDecision.Waits("k", two, 1), Assert.Single(queue.Request("k", two, Sample.Noon).Decisions));
        var released = queue.Release("k", one.Workflow, one.Job).Queue;
        Assert.Equal(two, released.Release("k", one.Workflow, one.Job).Queue.HolderOf("k"));
    }

    [Fact]
    [Rule("EX-3.17")]
    public void Gives_up_after_five_hours()
    {
        var queue = SerialQueue.Empty.Request("k", Ticket("app", 1), Sample.Noon).Queue.Request("k", Ticket("app", 2), Sample.Noon).Queue;

        Assert.Equal(Sample.Noon.AddHours(5), queue.NextTimeout);
        Assert.Empty(queue.TimeOut(Sample.Noon.AddHours(4.99)).Decisions);
        Assert.IsType<SerialDecision.TimedOut>(Assert.Single(queue.TimeOut(Sample.Noon.AddHours(5)).Decisions));
        Assert.Null(queue.TimeOut(Sample.Noon.AddHours(5)).Queue.NextTimeout);
    }

    [Fact]
    public void Lets_them_in_one_by_one_in_the_order_in_which_they_came() => Gen.Int[0, 9].Array[1, 40].Sample(moves =>
    {
        var queue = SerialQueue.Empty;
        var expected = new List<SerialTicket>();
        foreach (var (number, move) in moves.Index())
        {
            if (move < 6)
            {
                var ticket = Ticket($"{move % 2}", number);
                queue = queue.Request("k", ticket, Sample.Noon).Queue;
                expected.Add(ticket);
            }
            else if (expected.Count > 0)
            {
                var gone = expected[move == 6 ? 0 : move % expected.Count];
                queue = queue.Release("k", gone.Workflow, gone.Job).Queue;
                expected.Remove(gone);
            }

            // As between two processes.
            queue = SerialQueue.Of(queue.Entries);
            Assert.Equal(expected.FirstOrDefault(), queue.HolderOf("k"));
            Assert.Equal(expected.Skip(1), queue.WaitingFor("k"));
        }
    });

    private static SerialTicket Ticket(string project, long number) => new(Sample.NewWorkflow(), Sample.NewJob(), project, number);
}
