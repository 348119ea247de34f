using System.Diagnostics;
using System.Globalization;

namespace Ringfence.Config.Expressions;

/// <summary>A value of the expression language. Values of different types are never equal (CL-7.10).</summary>
[DebuggerDisplay("{Kind} {ToString(),nq}")]
public readonly struct ExpressionValue : IEquatable<ExpressionValue>
{
    private readonly long _number;
    private readonly string? _text;
    private readonly LinearRegex? _pattern;

    private ExpressionValue(ExpressionValueKind kind, long number, string? text = null, LinearRegex? pattern = null)
    {
        Kind = kind;
        _number = number;
        _text = text;
        _pattern = pattern;
    }

    /// <summary>The value of an unset variable; also the default of the type.</summary>
    public static ExpressionValue Undefined => default;

    /// <summary>The type of the value.</summary>
    public ExpressionValueKind Kind { get; }

    /// <summary>Whether the value is missing.</summary>
    public bool IsUndefined => Kind == ExpressionValueKind.Undefined;

    /// <summary>
    /// Whether a logic statement takes the value for true (CL-8.6): everything but false, undefined, <c>0</c> and the empty string. A field that
    /// holds an expression itself asks <see cref="IsTrueInExpression"/>.
    /// </summary>
    public bool IsTruthy => Kind switch
    {
        ExpressionValueKind.Undefined => false,
        ExpressionValueKind.Boolean or ExpressionValueKind.Integer => _number != 0,
        ExpressionValueKind.String => _text!.Length > 0,
        ExpressionValueKind.Pattern => true,
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// Whether the operators <c>and</c>, <c>or</c> and <c>not</c> take the value for true: everything but false and undefined, so also
    /// <c>0</c> and the empty string. This is the truth of the conformance corpus, of fields that hold an
    /// expression, such as a workflow's <c>when</c> or a filter, and of context restrictions (CL-7.17).
    /// </summary>
    public bool IsTrueInExpression => Kind switch
    {
        ExpressionValueKind.Undefined => false,
        ExpressionValueKind.Boolean => _number != 0,
        _ => true,
    };

    /// <summary>A truth value.</summary>
    public static ExpressionValue Boolean(bool value) => new(ExpressionValueKind.Boolean, value ? 1 : 0);

    /// <summary>A whole number.</summary>
    public static ExpressionValue Integer(long value) => new(ExpressionValueKind.Integer, value);

    /// <summary>A text.</summary>
    public static ExpressionValue String(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new ExpressionValue(ExpressionValueKind.String, 0, value);
    }

    internal static ExpressionValue Pattern(LinearRegex pattern) =>
        new(ExpressionValueKind.Pattern, 0, pattern.Pattern, pattern);

    /// <summary>Gives the truth value, if it is one.</summary>
    public bool TryGetBoolean(out bool value)
    {
        value = _number != 0;
        return Kind == ExpressionValueKind.Boolean;
    }

    /// <summary>Gives the number, if it is one.</summary>
    public bool TryGetInteger(out long value)
    {
        value = _number;
        return Kind == ExpressionValueKind.Integer;
    }

    /// <summary>Gives the text, if it is one.</summary>
    public bool TryGetString(out string value)
    {
        value = _text ?? "";
        return Kind == ExpressionValueKind.String;
    }

    internal bool TryGetPattern(out LinearRegex? value)
    {
        value = _pattern;
        return Kind == ExpressionValueKind.Pattern;
    }

    /// <inheritdoc/>
    public bool Equals(ExpressionValue other) =>
        Kind == other.Kind && _number == other._number && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExpressionValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Kind, _number, _text is null ? 0 : StringComparer.Ordinal.GetHashCode(_text));

    /// <summary>Whether two values have the same type and content; unlike <c>==</c> of the language, undefined is equal to itself.</summary>
    public static bool operator ==(ExpressionValue left, ExpressionValue right) => left.Equals(right);

    /// <summary>Whether two values differ in type or content.</summary>
    public static bool operator !=(ExpressionValue left, ExpressionValue right) => !left.Equals(right);

    /// <summary>The value as it is written into text (CL-6.5); undefined as <c>&lt;nil&gt;</c> (CL-6.7).</summary>
    public override string ToString() => Kind switch
    {
        ExpressionValueKind.Undefined => "<nil>",
        ExpressionValueKind.Boolean => _number != 0 ? "true" : "false",
        ExpressionValueKind.Integer => _number.ToString(CultureInfo.InvariantCulture),
        ExpressionValueKind.String => _text!,
        ExpressionValueKind.Pattern => $"/{_text}/",
        _ => throw new UnreachableException(),
    };
}
