using System.Text;
using Ringfence.Cli.Diagnostics;
using Ringfence.Primitives;

namespace Ringfence.Cli.Input;

/// <summary>Reads a text that the user named. Whatever is wrong with it becomes one diagnostic; it never reads more than the limit.</summary>
internal sealed class InputReader(Surroundings surroundings, DiagnosticBag diagnostics)
{
    /// <summary>The path that means standard input (CL-23.3).</summary>
    public const string StandardInput = "-";

    /// <summary>The most that is read of one input. CircleCI takes 8 MB of compiled config (CL-21.1).</summary>
    public const int MaximumBytes = 8 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file, or standard input for <c>-</c>; null when that is not possible, and then the reason is reported.</summary>
    /// <param name="path">The path as the user wrote it; messages show it so.</param>
    /// <param name="kind">What it is for: "config file".</param>
    /// <param name="hint">What to do when it is not there.</param>
    public SourceText? Read(string path, string kind, string? hint = null)
    {
        if (path is StandardInput)
            return Decode(ReadBounded(surroundings.In, path, kind), path, kind);

        var full = surroundings.FullPath(path);
        if (Directory.Exists(full))
            return Refuse(InputCodes.Unreadable, $"The {kind} {path} is a folder.", hint ?? "Name a file in it.");

        var file = new FileInfo(full);
        if (!file.Exists)
            return Refuse(InputCodes.Missing, $"The {kind} {path} does not exist.", hint);
        if (file.Length > MaximumBytes)
            return RefuseSize(path, kind, $"{file.Length:N0} bytes");

        try
        {
            using var stream = file.OpenRead();
            return Decode(ReadBounded(stream, path, kind), path, kind);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(InputCodes.Unreadable, $"The {kind} {path} cannot be read: {Reason(e)}.", "Check the rights of the file.");
        }
    }

    // A pipe has no length, and a file can grow while it is read.
    private byte[]? ReadBounded(Stream stream, string path, string kind)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        int read;
        while ((read = stream.Read(buffer, length, buffer.Length - length)) > 0)
        {
            length += read;
            if (length > MaximumBytes)
            {
                RefuseSize(path, kind, "more bytes");
                return null;
            }

            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaximumBytes + 1));
        }

        return buffer[..length];
    }

    private SourceText? Decode(byte[]? bytes, string path, string kind)
    {
        if (bytes is null)
            return null;

        ReadOnlySpan<byte> content = bytes;
        if (content.StartsWith(Encoding.UTF8.Preamble))
            content = content[Encoding.UTF8.Preamble.Length..];
        if (content.Contains((byte)0))
            return Refuse(InputCodes.NotText, $"The {kind} {path} holds NUL bytes, so it is not a text.", "Name a YAML file in UTF-8.");

        try
        {
            return new SourceText(path, StrictUtf8.GetString(content));
        }
        catch (DecoderFallbackException e)
        {
            var place = $"byte 0x{e.BytesUnknown?.FirstOrDefault():x2} at offset {e.Index}";
            return Refuse(InputCodes.NotText, $"The {kind} {path} is not UTF-8 text: {place}.", "Save it as UTF-8.");
        }
    }

    private SourceText? RefuseSize(string path, string kind, string size) =>
        Refuse(InputCodes.TooLarge, $"The {kind} {path} has {size}; at most {MaximumBytes:N0} are read.", "Move long scripts into files of the repository.");

    private SourceText? Refuse(DiagnosticCode code, string message, string? hint)
    {
        diagnostics.Add(new Diagnostic(code, SourceSpan.None, message, hint));
        return null;
    }

    // The framework's texts repeat the full path, which the message has said already in the user's words.
    private static string Reason(Exception e) => e is UnauthorizedAccessException ? "access is denied" : "the system reports an error";
}
