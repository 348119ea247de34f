using System.Globalization;
using Ringfence.Config.Expressions;

namespace Ringfence.Config.Tests.Expressions;

/// <summary>A hand-written set of variables, and short ways to evaluate with it.</summary>
internal sealed class Variables
{
    private readonly Dictionary<string, ExpressionValue> _values = new(StringComparer.Ordinal);

    /// <summary>A build of branch main, without a tag.</summary>
    public static Variables OfMain() => new Variables()
        .With("pipeline.git.branch", "main").Unset("pipeline.git.tag").With("pipeline.number", 7).With("job.ssh.enabled", false)
        .With("pipeline.config_source", "vcs").With("pipeline.parameters.deploy", true).With("pipeline.parameters.name", "blue");

    public Variables With(string name, string value) => Add(name, ExpressionValue.String(value));

    public Variables With(string name, long value) => Add(name, ExpressionValue.Integer(value));

    public Variables With(string name, bool value) => Add(name, ExpressionValue.Boolean(value));

    public Variables Unset(string name) => Add(name, ExpressionValue.Undefined);

    public bool LookUp(string name, out ExpressionValue value) => _values.TryGetValue(name, out value);

    /// <summary>The result in the notation of the language, <c>undefined</c>, or the kind of error and its place.</summary>
    public string Evaluate(string text, ExpressionMode mode = ExpressionMode.ConfigField)
    {
        var parsed = Expression.Parse(text, Limits.Default);
        if (!parsed.Succeeded)
            return Show(parsed.Error);

        var result = ExpressionEvaluator.Evaluate(parsed.Expression, LookUp, mode);
        if (result.Error is not null)
            return Show(result.Error);

        return result.Value.IsUndefined ? "undefined"
            : result.Value.TryGetString(out var written) ? $"\"{written}\""
            : result.Value.ToString();
    }

    public static string Show(ExpressionError error) => string.Create(CultureInfo.InvariantCulture, $"{error.Kind} at {error.Start}");

    private Variables Add(string name, ExpressionValue value)
    {
        _values[name] = value;
        return this;
    }
}
