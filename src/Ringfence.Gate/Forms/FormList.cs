namespace Ringfence.Gate.Forms;

/// <summary>All forms of a value, the value itself first; those of its parts behind.</summary>
internal static class FormList
{
    public const string Plain = "plain";

    public static IEnumerable<Form> Of(byte[] value)
    {
        yield return new Form(Plain, value);
        if (value.Length < MaskingLimit.ShortestEncoded)
            yield break;
        foreach (var form in Encoded(value))
            yield return form;
        foreach (var part in ValueParts.Of(value))
        {
            yield return part;
            foreach (var form in part.Name.StartsWith(ValueParts.Line, StringComparison.Ordinal) ? LineForms(part.Bytes) : Encoded(part.Bytes))
                yield return form with { Name = $"{part.Name}, {form.Name}" };
        }
    }

    private static IEnumerable<Form> Encoded(byte[] value)
    {
        var text = TextForms.TextOf(value);
        return Base64Forms.Of(value)
            .Concat(Base64Forms.Twice(value))
            .Concat(Base64Forms.Backwards(value))
            .Concat(Base64Forms.Of("hex", System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(value))))
            .Concat(HexForms.Of(value))
            .Concat(Base32Forms.Of(value))
            .Concat(Base85Forms.Of(value))
            .Concat(text is null ? [] : TextForms.Of(text));
    }

    /// <summary>A line of a key is encoded together with the others; alone, it is printed.</summary>
    private static IEnumerable<Form> LineForms(byte[] line)
    {
        if (TextForms.TextOf(line) is not { } text)
            return [];
        return TextForms.Of(text).Where(form => form.Name is "upper case" or "lower case" or "reversed");
    }
}
