using System.Collections.Concurrent;
using Ringfence.Cli.Run.Driving;

namespace Ringfence.Cli.Tests.Run;

public sealed class ApprovalDeskTests
{
    [Fact]
    [Rule("EX-3.11")]
    public async Task What_was_typed_before_the_question_is_no_answer_to_it()
    {
        using var keys = new BlockingCollection<ConsoleKeyInfo>();
        keys.Add(Key(ConsoleKey.Y), TestContext.Current.CancellationToken);
        var answered = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var desk = new ApprovalDesk([], keys.Take, () =>
        {
            while (keys.TryTake(out _))
            {
            }

            // What the person says once the question is there.
            keys.Add(Key(ConsoleKey.N));
        });

        desk.Ask(isAsked: true, answered.SetResult);

        Assert.False(await answered.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    private static ConsoleKeyInfo Key(ConsoleKey key) => new(char.ToLowerInvariant((char)key), key, shift: false, alt: false, control: false);
}
