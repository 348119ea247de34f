using System.Globalization;
using Ringfence.Primitives;

namespace Ringfence.Config.Yaml;

/// <summary>A YAML scalar: its text, what the text means, and where it is written.</summary>
public sealed class YamlScalar : YamlNode
{
    /// <summary>Makes a scalar whose meaning is already known.</summary>
    /// <param name="span">Where it is written.</param>
    /// <param name="text">Its value in canonical form: <c>true</c> for <c>yes</c>, <c>1.1</c> for <c>1.10</c>.</param>
    /// <param name="kind">What the text means.</param>
    /// <param name="style">How it is written.</param>
    public YamlScalar(SourceSpan span, string text, ScalarKind kind, ScalarStyle style)
        : base(span)
    {
        Text = text;
        Kind = kind;
        Style = style;
        MayHoldTemplate = text.Contains("<<", StringComparison.Ordinal);
    }

    private YamlScalar(SourceSpan span, string text, ScalarKind kind, ScalarStyle style, bool mayHoldTemplate)
        : base(span)
    {
        Text = text;
        Kind = kind;
        Style = style;
        MayHoldTemplate = mayHoldTemplate;
    }

    /// <summary>The value as text, in canonical form; empty for null.</summary>
    public string Text { get; }

    /// <summary>What the text means.</summary>
    public ScalarKind Kind { get; }

    /// <summary>How it is written.</summary>
    public ScalarStyle Style { get; }

    /// <summary>Whether it is null, so neither empty text nor missing.</summary>
    public bool IsNull => Kind == ScalarKind.Null;

    /// <inheritdoc/>
    public override bool MayHoldTemplate { get; }

    /// <inheritdoc/>
    public override int ExpandedSize => 1;

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override string TypeName => Kind.ToString();

    /// <summary>A text value.</summary>
    public static YamlScalar String(string text, SourceSpan span) => new(span, text, ScalarKind.String, ScalarStyle.Plain);

    /// <summary>A truth value.</summary>
    public static YamlScalar Boolean(bool value, SourceSpan span) => new(span, value ? "true" : "false", ScalarKind.Boolean, ScalarStyle.Plain);

    /// <summary>A whole number.</summary>
    public static YamlScalar Integer(long value, SourceSpan span) =>
        new(span, value.ToString(CultureInfo.InvariantCulture), ScalarKind.Integer, ScalarStyle.Plain);

    /// <summary>No value.</summary>
    public static YamlScalar Null(SourceSpan span) => new(span, "", ScalarKind.Null, ScalarStyle.Plain);

    /// <summary>The same value, whose text is never read as a template whatever it holds: what was put in is not looked into again (CL-6.14).</summary>
    internal YamlScalar WithoutTemplate() => MayHoldTemplate && !IsNull ? new YamlScalar(Span, Text, Kind, Style, mayHoldTemplate: false) : this;

    /// <summary>Stands for the value of a template that has none, which is reported: nothing more should be said about it, whatever was expected there.</summary>
    internal static YamlScalar Unknown(SourceSpan span) => new(span, "", ScalarKind.Null, ScalarStyle.Plain, mayHoldTemplate: true);

    /// <summary>The place of a character of <see cref="Text"/> in the source, also inside block scalars.</summary>
    public int OffsetOf(int textOffset) => ScalarPlaces.Locate(this, textOffset);

    /// <summary>The place of a part of <see cref="Text"/> in the source.</summary>
    public SourceSpan SpanOf(int textOffset, int length)
    {
        if (!Span.IsKnown)
            return Span;

        var start = OffsetOf(textOffset);
        return new SourceSpan(Span.Source, start, Math.Max(start + 1, OffsetOf(textOffset + length)));
    }
}
