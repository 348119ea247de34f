using System.Text;

namespace Ringfence.Config.Yaml;

/// <summary>
/// Writes a value as YAML that people can read and compare line by line: block style, keys in their order, scripts as literal blocks,
/// nothing folded. What it writes reads back as the same data.
/// </summary>
public static class YamlWriter
{
    /// <summary>The value as a document, with a line break at its end.</summary>
    public static string Write(YamlNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    /// <summary>Appends the value as a document.</summary>
    public static void Write(YamlNode node, StringBuilder into)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(into);
        WriteAt(node, 0, into);
    }

    /// <summary>Writes a value whose first line begins where the text ends now; its further lines are indented.</summary>
    private static void WriteAt(YamlNode node, int indent, StringBuilder into)
    {
        switch (node)
        {
            case YamlScalar scalar:
                WriteScalar(scalar, indent, into);
                break;
            case YamlSequence { Items.IsEmpty: true }:
                into.Append("[]\n");
                break;
            case YamlSequence sequence:
                WriteItems(sequence, indent, into);
                break;
            case YamlMapping { Entries.IsEmpty: true }:
                into.Append("{}\n");
                break;
            case YamlMapping mapping:
                WriteEntries(mapping, indent, into);
                break;
            default:
                throw new ArgumentException($"A {node.GetType().Name} is not part of a document", nameof(node));
        }
    }

    private static void WriteItems(YamlSequence sequence, int indent, StringBuilder into)
    {
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            if (i > 0)
                into.Append(' ', indent);
            into.Append("- ");
            WriteAt(sequence.Items[i], indent + 2, into);
        }
    }

    private static void WriteEntries(YamlMapping mapping, int indent, StringBuilder into)
    {
        for (var i = 0; i < mapping.Entries.Length; i++)
        {
            var (key, value) = mapping.Entries[i];
            if (i > 0)
                into.Append(' ', indent);
            WriteKey(key, indent, into);
            switch (value)
            {
                case YamlMapping { Entries.IsEmpty: false }:
                    into.Append('\n').Append(' ', indent + 2);
                    WriteAt(value, indent + 2, into);
                    break;
                case YamlSequence { Items.IsEmpty: false }:
                    into.Append('\n').Append(' ', indent);
                    WriteAt(value, indent, into);
                    break;
                default:
                    into.Append(' ');
                    WriteAt(value, indent + 2, into);
                    break;
            }
        }
    }

    private static void WriteKey(YamlScalar key, int indent, StringBuilder into)
    {
        var text = ScalarText.KeyOnOneLine(key.Text);

        // Readers give up on a key of more than 1,024 characters unless it is announced.
        if (text.Length > 1000)
            into.Append("? ").Append(text).Append('\n').Append(' ', indent).Append(':');
        else
            into.Append(text).Append(':');
    }

    private static void WriteScalar(YamlScalar scalar, int indent, StringBuilder into)
    {
        if (!ScalarText.FitsBlock(scalar))
        {
            into.Append(ScalarText.OnOneLine(scalar)).Append('\n');
            return;
        }

        // A block at the top of a document has no parent to be indented from.
        indent = Math.Max(indent, 2);
        var text = scalar.Text;
        into.Append(ScalarText.BlockHeader(text)).Append('\n');
        var body = text[^1] == '\n' ? text.AsSpan(0, text.Length - 1) : text;
        foreach (var range in body.Split('\n'))
        {
            var line = body[range];
            if (line.Length > 0)
                into.Append(' ', indent).Append(line);
            into.Append('\n');
        }
    }
}
