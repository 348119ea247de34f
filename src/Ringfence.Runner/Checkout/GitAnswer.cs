using System.Text;
using System.Text.Unicode;

namespace Ringfence.Runner.Checkout;

/// <summary>What git said, and how it ended.</summary>
internal sealed record GitAnswer(int ExitCode, ReadOnlyMemory<byte> Bytes, string Errors)
{
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

    /// <summary>The parts of an answer that ends each with a zero byte. One that is no UTF-8 is not exact: with another sign for each byte that is none, it names nothing.</summary>
    public IEnumerable<(string Text, bool IsExact)> Parts()
    {
        var rest = Bytes;
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)0);
            var part = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            yield return (Encoding.UTF8.GetString(part.Span), Utf8.IsValid(part.Span));
        }
    }
}
