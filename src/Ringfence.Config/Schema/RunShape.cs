using System.Globalization;
using System.Text.RegularExpressions;
using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Schema;

/// <summary>What a <c>run</c> step looks like (CL-13.6 to CL-13.8).</summary>
internal static partial class RunShape
{
    public static void Check(YamlMapping run, Session session)
    {
        foreach (var key in (ReadOnlySpan<string>)["command", "name", "shell", "working_directory"])
            Shape.Expect(run, key, ShapeTypes.Text | (key is "shell" ? ShapeTypes.Sequence : 0), "run", session);
        Shape.Expect(run["environment"], ShapeTypes.Mapping | ShapeTypes.Sequence | ShapeTypes.Null | ShapeTypes.String, "run/environment", session);
        Shape.Expect(run["background"], ShapeTypes.Boolean, "run/background", session);
        CheckTimeout(run["no_output_timeout"], session);
        CheckReruns(run, session);
    }

    /// <summary>The attribute that says when a step runs; not the step of the same name (CL-14.4).</summary>
    public static void CheckWhen(YamlNode? node, Session session)
    {
        if (node is null or YamlScalar { MayHoldTemplate: true } or YamlScalar { Text: "always" or "on_success" or "on_fail" })
            return;
        session.Report(
            StructureCodes.WrongValue, node.Span,
            $"Invalid when condition: expected `always`, `on_success`, `on_fail`; got `{ArgumentTypes.Show(node)}`",
            "To run a step under a condition, wrap it: '- when: {condition: …, steps: […]}'.");
    }

    private static void CheckTimeout(YamlNode? node, Session session)
    {
        if (node is null or YamlScalar { MayHoldTemplate: true } || (node is YamlScalar scalar && (scalar.Kind == ScalarKind.Integer || Duration().IsMatch(scalar.Text))))
            return;
        session.Report(StructureCodes.WrongValue, node.Span, $"'no_output_timeout' is not a duration: {ArgumentTypes.Show(node)}", "Write a number and a unit, such as 30s, 20m or 1.5h.");
    }

    private static void CheckReruns(YamlMapping run, Session session)
    {
        var reruns = run["max_auto_reruns"];
        var delay = run["auto_rerun_delay"];
        if (reruns is null && delay is null)
            return;

        if (run["background"] is YamlScalar { Kind: ScalarKind.Boolean, Text: "true" })
            session.Report(StructureCodes.Conflict, (reruns ?? delay)!.Span, "Background steps cannot use max_auto_reruns or auto_rerun_delay fields", "Remove them, or run the step in the foreground.");
        if (reruns is null)
            session.Report(StructureCodes.MissingKey, delay!.Span, "auto_rerun_delay requires max_auto_reruns to be specified", "Add 'max_auto_reruns: 1', up to 5.");
        else
            CheckRerunCount(reruns, session);
        if (delay is not null and not YamlScalar { MayHoldTemplate: true } && (delay is not YamlScalar text || !RerunDelay().IsMatch(text.Text) || !IsAtMostTenMinutes(text.Text)))
            session.Report(StructureCodes.WrongValue, delay.Span, $"'auto_rerun_delay' is not a delay of up to ten minutes: {ArgumentTypes.Show(delay)}", "Write minutes or seconds, such as 2m or 30s.");
    }

    /// <summary>A count of automatic reruns, of a step or a workflow: 1 to 5.</summary>
    public static void CheckRerunCount(YamlNode node, Session session)
    {
        if (node is YamlScalar { MayHoldTemplate: true })
            return;
        if (node is not YamlScalar { Kind: ScalarKind.Integer } scalar || !long.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var count))
            session.Report(StructureCodes.WrongType, node.Span, $"[max_auto_reruns] expected type: Integer, found: {node.TypeName}", "Write a number from 1 to 5.");
        else if (count is < 1 or > 5)
            session.Report(StructureCodes.WrongValue, node.Span, count < 1 ? "[max_auto_reruns] Must be greater than or equal to 1" : "[max_auto_reruns] Must be less than or equal to 5", "Write a number from 1 to 5.");
    }

    private static bool IsAtMostTenMinutes(string delay) =>
        delay[^1] is 'm' || (delay.Length <= 4 && int.Parse(delay.AsSpan()[..^1], CultureInfo.InvariantCulture) <= 600);

    [GeneratedRegex(@"\A[0-9]+(\.[0-9]+)?[mhs]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\A((10|[1-9])m|[1-9][0-9]*s)\z", RegexOptions.NonBacktracking)]
    private static partial Regex RerunDelay();
}
