using Ringfence.Config;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Fuzz.Targets;

/// <summary>The expression language: any text is parsed or refused, what is parsed prints to itself, and evaluation gives a value or an error.</summary>
internal sealed class ExpressionTarget : FuzzTarget
{
    private static readonly Limits Generous = Limits.Default with { ExpressionCharacters = 1 << 20, LogicDepth = 1000 };
    private static readonly PipelineValues Values = PipelineValues.Local(new GitFacts { Branch = "main" });

    public override string Name => "expression";

    public override IReadOnlyList<string> Words { get; } = [.. Mutation.Words.Expression, .. Mutation.Words.Regex, .. Mutation.Words.Odd];

    public override int MostCharacters => 20 * 1024;

    protected override Observation Observe(string input)
    {
        var parsed = Expression.Parse(input, Limits.Default);
        if (parsed.Error is { } error)
        {
            var refused = new Observation($"{error.Kind} {Observation.SizeClass(input.Length)}", error.ToString());
            CheckError(error, input, refused);
            return refused;
        }

        var printed = parsed.Expression!.ToString();
        var strict = ExpressionEvaluator.Evaluate(parsed.Expression, LookUp);
        var restriction = ContextRestriction.Evaluate(input, LookUp, Limits.Default);
        var seen = new Observation(
            $"{parsed.Expression.GetType().Name} {strict.Value.Kind} {strict.Error?.Kind} {restriction.IsAllowed} {Observation.SizeClass(printed.Length)}",
            $"{printed}\n{strict.Value} {strict.Error}\n{restriction.IsAllowed} {restriction.Error}");
        if (strict.Error is { } failed)
            CheckError(failed, input, seen);
        if (restriction.IsAllowed && restriction.Error is not null)
            seen.Broken("allowed in spite of an error", restriction.Error.Message);
        CheckPlaces(parsed.Expression, input, seen);

        var again = Expression.Parse(printed, Generous);
        if (again.Error is { } refusal)
            seen.Broken("printed text is refused", $"{refusal.Message}: {printed}");
        else if (again.Expression!.ToString() is var twice && twice != printed)
            seen.Broken("printed text changes", Difference(printed, twice));
        else if (ExpressionEvaluator.Evaluate(again.Expression, LookUp) is var other && (other.Value != strict.Value || other.Error?.Kind != strict.Error?.Kind))
            seen.Broken("printed text has another value", $"{strict.Value} {other.Value}: {printed}");
        return seen;
    }

    private static void CheckError(ExpressionError error, string input, Observation seen)
    {
        if (error.Start < 0 || error.Length < 0 || error.Start + error.Length > input.Length || error.Message.Length == 0)
            seen.Broken($"place of {error.Kind}", $"{error.Start}+{error.Length} of {input.Length}");
    }

    private static void CheckPlaces(Expression expression, string input, Observation seen)
    {
        var open = new Stack<Expression>([expression]);
        while (open.TryPop(out var next))
        {
            if (next.Start < 0 || next.Length <= 0 || next.Start + next.Length > input.Length)
                seen.Broken($"place of a {next.GetType().Name}", $"{next.Start}+{next.Length} of {input.Length}");
            if (next is Expression.Not not)
            {
                open.Push(not.Operand);
            }
            else if (next is Expression.Binary binary)
            {
                open.Push(binary.Left);
                open.Push(binary.Right);
            }
        }
    }

    private static bool LookUp(string name, out ExpressionValue value)
    {
        value = name switch { "a" => ExpressionValue.Boolean(true), "b.c" => ExpressionValue.Integer(7), "pipeline.parameters.p" => ExpressionValue.String("p"), _ => default };
        return name is "a" or "b.c" or "pipeline.parameters.p" or "x" || Values.TryGetInExpression(name, out value);
    }
}
