namespace Ringfence.Runner.Sandboxes;

/// <summary>Something that happened while a sandbox was made or while it lives.</summary>
public abstract record SandboxReport
{
    private SandboxReport()
    {
    }

    /// <summary>A line for the log.</summary>
    /// <param name="Text">The line, without its end.</param>
    /// <param name="IsGap">Whether it tells that something cannot be had here which keeps jobs from what is not theirs.</param>
    public sealed record Line(string Text, bool IsGap = false) : SandboxReport;

    /// <summary>How far the pull of an image has come.</summary>
    /// <param name="Image">The image.</param>
    /// <param name="Bytes">What has arrived.</param>
    /// <param name="Total">What is expected so far; grows while layers become known.</param>
    public sealed record Pulling(string Image, long Bytes, long Total) : SandboxReport;

    /// <summary>Output of a service container (EX-9.4).</summary>
    /// <param name="Container">Its place in the job's list of images, from 1.</param>
    /// <param name="Data">The bytes; valid until the call returns.</param>
    public sealed record ServiceOutput(int Container, ReadOnlyMemory<byte> Data) : SandboxReport;

    /// <summary>A service container ended by itself.</summary>
    /// <param name="Container">Its place in the job's list of images, from 1.</param>
    /// <param name="ExitCode">Its exit code.</param>
    public sealed record ServiceEnded(int Container, long ExitCode) : SandboxReport;
}
