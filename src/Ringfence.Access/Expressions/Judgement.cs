using System.Diagnostics;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Access.Expressions;

/// <summary>What the strict check knows of a part of an expression.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Variable">The variable, if it is nothing else.</param>
/// <param name="ReadsSomething">Whether it reads any variable.</param>
/// <param name="ReadsTainted">Whether it reads one that outsiders choose.</param>
/// <param name="NeedsSomething">When its outcome depends on any variable.</param>
/// <param name="NeedsTrusted">When its outcome depends on a variable that outsiders do not choose.</param>
internal sealed record Judgement(
    StaticType Type, RestrictionVariable? Variable, bool ReadsSomething, bool ReadsTainted, Needs NeedsSomething, Needs NeedsTrusted)
{
    /// <summary>Reported already; it should not cause further findings.</summary>
    public static Judgement Unknown { get; } = new(StaticType.Unknown, null, true, false, Needs.Always, Needs.Always);

    public static Judgement OfLiteral(ExpressionValue value)
    {
        // The literal false is never true, so what would follow from its truth holds.
        var needs = value.TryGetBoolean(out var truth) ? new Needs(!truth, truth) : Needs.Never;
        var type = value.Kind switch
        {
            ExpressionValueKind.Boolean => StaticType.Boolean,
            ExpressionValueKind.Integer => StaticType.Integer,
            ExpressionValueKind.String => StaticType.String,
            ExpressionValueKind.Pattern => StaticType.Pattern,
            _ => throw new UnreachableException(),
        };
        return new Judgement(type, null, false, false, needs, needs);
    }

    public static Judgement OfVariable(RestrictionVariable variable)
    {
        var type = variable.Type switch
        {
            PipelineValueType.Boolean => StaticType.Boolean,
            PipelineValueType.Integer => StaticType.Integer,
            PipelineValueType.String => StaticType.String,
            _ => throw new UnreachableException(),
        };
        return new Judgement(type, variable, true, variable.IsTainted, Needs.Always, variable.IsTainted ? Needs.Never : Needs.Always);
    }

    public static Judgement Compared(Judgement left, Judgement right)
    {
        var (reads, tainted) = (left.ReadsSomething || right.ReadsSomething, left.ReadsTainted || right.ReadsTainted);
        return new Judgement(
            StaticType.Boolean, null, reads, tainted, reads ? Needs.Always : Needs.Never, reads && !tainted ? Needs.Always : Needs.Never);
    }

    public static Judgement Joined(Judgement left, Judgement right, bool isAnd) => new(
        StaticType.Boolean, null, left.ReadsSomething || right.ReadsSomething, left.ReadsTainted || right.ReadsTainted,
        isAnd ? Needs.And(left.NeedsSomething, right.NeedsSomething) : Needs.Or(left.NeedsSomething, right.NeedsSomething),
        isAnd ? Needs.And(left.NeedsTrusted, right.NeedsTrusted) : Needs.Or(left.NeedsTrusted, right.NeedsTrusted));
}
