using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Files;

/// <summary>Turns what the file system says into the failures of the protocol.</summary>
internal static class FileFailures
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>The failure that an exception means.</summary>
    public static Failure Of(Exception e, string path) => new() { Kind = KindOf(e), Message = e.Message, Path = path };

    private static FailureKind KindOf(Exception e) => e switch
    {
        UnsafeArchiveException => FailureKind.UnsafePath,
        FileNotFoundException or DirectoryNotFoundException => FailureKind.NotFound,
        UnauthorizedAccessException => FailureKind.NotAllowed,
        IOException { HResult: NoSpace or QuotaExceeded } => FailureKind.NoSpace,
        _ => FailureKind.Other,
    };
}
