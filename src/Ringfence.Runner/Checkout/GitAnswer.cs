using System.Text;

namespace Ringfence.Runner.Checkout;

/// <summary>What git said, and how it ended.</summary>
internal sealed record GitAnswer(int ExitCode, ReadOnlyMemory<byte> Bytes, string Errors)
{
    // File names that are no UTF-8 cannot be opened through .NET; a wrong name would be left out in silence.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public bool IsFine => ExitCode == 0;

    public string Text => Encoding.UTF8.GetString(Bytes.Span).TrimEnd('\n');

    /// <summary>The last complaint, without the word that says it is one.</summary>
    public string Complaint
    {
        get
        {
            var lines = Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var line = lines.FirstOrDefault(l => l.StartsWith("fatal:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? $"git ended with {ExitCode}";
            return line.StartsWith("fatal: ", StringComparison.Ordinal) || line.StartsWith("error: ", StringComparison.Ordinal) ? line[7..] : line;
        }
    }

    /// <summary>The parts of an answer that ends each with a zero byte.</summary>
    public IEnumerable<string> Parts(string folder)
    {
        var rest = Bytes;
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)0);
            var part = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            yield return Decode(part.Span, folder);
        }
    }

    private static string Decode(ReadOnlySpan<byte> part, string folder)
    {
        try
        {
            return Strict.GetString(part);
        }
        catch (DecoderFallbackException)
        {
            throw new SourceException($"{folder} has a file whose name is not UTF-8: {Encoding.UTF8.GetString(part)}.", "rename the file, or name it in .gitignore");
        }
    }
}
