namespace Ringfence.Cli.Tests;

/// <summary>What a command said and how it ended.</summary>
internal sealed record CommandResult(int Exit, string Out, string Error)
{
    /// <summary>All of it, for golden files.</summary>
    public string Transcript => $"exit {Exit}\n--- stdout\n{Out}--- stderr\n{Error}";

    /// <summary>Fails unless the command could not do its work, and said why.</summary>
    public void AssertFailed(string message)
    {
        Assert.True(Exit is (int)ExitCode.Unavailable or (int)ExitCode.Tampered, Transcript);
        Assert.Contains(message, Error, StringComparison.Ordinal);
    }

    /// <summary>Fails unless the command refused its input in the way all commands do.</summary>
    public void AssertRefused(string message)
    {
        Assert.Equal((int)ExitCode.InvalidInput, Exit);
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        Assert.Empty(Out);
    }
}
