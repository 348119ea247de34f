using System.Collections.Immutable;

namespace Ringfence.Cli.Run.Driving;

/// <summary>What becomes of an approval.</summary>
internal enum ApprovalAnswer
{
    /// <summary>It passes: the command line says so.</summary>
    Passes,

    /// <summary>Whoever is at the terminal decides.</summary>
    AsksPerson,

    /// <summary>Nobody can be asked.</summary>
    NobodyThere,
}

/// <summary>Answers approvals (EX-3.11): by name from the command line, or by a key from the terminal.</summary>
/// <param name="names">The approvals that pass.</param>
/// <param name="readKey">Waits for a key; null when nobody is there.</param>
/// <param name="dropKeys">Forgets the keys that nothing has read yet.</param>
internal sealed class ApprovalDesk(ImmutableArray<string> names, Func<ConsoleKeyInfo>? readKey, Action dropKeys)
{
    private int _isReading;

    /// <summary>What becomes of an approval that is due.</summary>
    public ApprovalAnswer Decide(string name)
    {
        if (names.Contains(name, StringComparer.Ordinal))
            return ApprovalAnswer.Passes;
        return readKey is null ? ApprovalAnswer.NobodyThere : ApprovalAnswer.AsksPerson;
    }

    /// <summary>Waits for the answer to the question on the screen, if there is one and nobody waits yet.</summary>
    public void Ask(bool isAsked, Action<bool> answer)
    {
        if (!isAsked || readKey is null || Interlocked.Exchange(ref _isReading, 1) == 1)
            return;

        // A thread of its own: a key may never come, and then it ends with the process.
        var thread = new Thread(() =>
        {
            var key = ReadAnswer(readKey, dropKeys);
            Volatile.Write(ref _isReading, 0);
            if (key is { } isYes)
                answer(isYes);
        })
        {
            IsBackground = true,
            Name = "approvals",
        };
        thread.Start();
    }

    private static bool? ReadAnswer(Func<ConsoleKeyInfo> readKey, Action dropKeys)
    {
        try
        {
            // What was typed before the question was on the screen is no answer to it.
            dropKeys();
            while (true)
            {
                switch (readKey().Key)
                {
                    case ConsoleKey.Y:
                        return true;
                    case ConsoleKey.N:
                        return false;
                }
            }
        }
        catch (InvalidOperationException)
        {
            // The terminal has gone.
            return null;
        }
    }
}
