using System.Text;
using System.Xml;

namespace Ringfence.Runner.TestResults;

/// <summary>Reads JUnit XML as the tools in use write it (EX-11.1): there is no one schema, so whatever is not known is passed over.</summary>
public static class JUnitReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="content">The bytes. No entity and no document type is read.</param>
    /// <param name="source">What ran the tests; null when only the file could say.</param>
    /// <param name="limits">How much is taken.</param>
    public static JUnitFile Read(ReadOnlyMemory<byte> content, string? source, TestResultLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (content.Length > limits.FileBytes)
            return new JUnitFile([], [$"the file has more than {limits.FileBytes} bytes"]);

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            // Colours of a terminal (U+001B) are common in messages, and not allowed in XML.
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        var walk = new JUnitWalk(source, limits);
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(Trimmed(content)), settings);
            walk.Read(reader);
        }
        catch (XmlException e)
        {
            walk.Add($"invalid XML: {e.Message}");
        }
        catch (Exception e) when (e is ArgumentException or DecoderFallbackException)
        {
            walk.Add("invalid XML: the text is not in its encoding");
        }

        return walk.Result();
    }

    /// <summary>An XML declaration must come first, and some tools write an empty line before it.</summary>
    private static byte[] Trimmed(ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        var start = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        return start <= 0 ? content.ToArray() : bytes[start..].ToArray();
    }
}
