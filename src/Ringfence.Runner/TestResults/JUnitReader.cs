using System.Buffers;
using System.Text;
using System.Text.Unicode;
using System.Xml;

namespace Ringfence.Runner.TestResults;

/// <summary>Reads JUnit XML as the tools in use write it (EX-11.1): there is no one schema, so whatever is not known is passed over.</summary>
public static class JUnitReader
{
    private static readonly SearchValues<byte> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(unit => (byte)unit).Except("\t\r\n"u8.ToArray())]);

    /// <summary>Reads a file.</summary>
    /// <param name="content">The bytes. A document type is passed over, and no entity that it declares is known.</param>
    /// <param name="source">What ran the tests; null when only the file could say.</param>
    /// <param name="limits">How much is taken.</param>
    public static JUnitFile Read(ReadOnlyMemory<byte> content, string? source, TestResultLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (content.Length > limits.FileBytes)
            return new JUnitFile([], [$"the file has more than {limits.FileBytes} bytes"]);

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            // Colours of a terminal (&#27;) are common in messages, and not allowed in XML.
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        var walk = new JUnitWalk(source, limits);
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(Cleaned(content.Span)), settings);
            walk.Read(reader);
        }
        catch (XmlException e)
        {
            walk.Add($"invalid XML at line {e.LineNumber}, column {e.LinePosition}: a tag without its end, a sign that must be escaped, or an entity other than XML's own five; what stands before it counts");
        }
        catch (Exception e) when (e is ArgumentException or DecoderFallbackException)
        {
            walk.Add("invalid XML: the text is not in its encoding");
        }

        return walk.Result();
    }

    /// <summary>
    /// Tools write empty lines before the declaration, which must come first, and pass on what tests printed: control characters, and bytes that
    /// are not in the file's encoding.
    /// </summary>
    private static byte[] Cleaned(ReadOnlySpan<byte> content)
    {
        // UTF-16 and UTF-32 have zeros in their first four bytes, or a mark.
        if (content.Length >= 4 && (content[..4].Contains((byte)0) || content[0] >= 0xFE))
            return content.ToArray();

        var text = content.TrimStart(" \t\r\n"u8);
        if (!Utf8.IsValid(text) && !SaysOtherEncoding(text))
            text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        if (!text.ContainsAny(ControlCharacters))
            return text.ToArray();

        var kept = new byte[text.Length];
        var count = 0;
        foreach (var unit in text)
        {
            if (!ControlCharacters.Contains(unit))
                kept[count++] = unit;
        }

        return kept[..count];
    }

    private static bool SaysOtherEncoding(ReadOnlySpan<byte> text)
    {
        var start = Encoding.Latin1.GetString(text[..Math.Min(text.Length, 200)]);
        var declaration = start.StartsWith("<?xml", StringComparison.Ordinal) ? start.Split("?>")[0] : "";
        return declaration.Contains("encoding", StringComparison.Ordinal) && !declaration.Contains("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
