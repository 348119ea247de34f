using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Orbs;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands;

/// <summary>Writes a result to a file that the user named.</summary>
internal static class OutputFile
{
    /// <summary>Writes it; false when that is not possible, and then the user is told.</summary>
    public static bool TryWrite(string path, ReadOnlySpan<byte> content, Surroundings surroundings)
    {
        try
        {
            return AtomicFile.TryWrite(surroundings.FullPath(path), content, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            DiagnosticReport.Write([new Diagnostic(InputCodes.CannotWrite, SourceSpan.None, $"The file {path} cannot be written.", "Check that the folder is there and may be written.")], surroundings);
            return false;
        }
    }
}
