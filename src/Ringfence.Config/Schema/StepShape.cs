using System.Collections.Frozen;
using System.Globalization;
using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Schema;

/// <summary>What the built-in steps look like (CL-13).</summary>
internal static class StepShape
{
    /// <summary>CL-13.5: taken on every built-in step.</summary>
    private static readonly string[] OnEveryStep = ["name", "when"];

    private static readonly FrozenDictionary<string, (string[] Keys, string[] Required)> Steps = new Dictionary<string, (string[], string[])>
    {
        ["run"] = (["command", "name", "shell", "environment", "background", "working_directory", "no_output_timeout", "max_auto_reruns", "auto_rerun_delay"], ["command"]),
        ["deploy"] = (["command", "name", "shell", "environment", "background", "working_directory", "no_output_timeout"], ["command"]),
        ["checkout"] = (["path", "method", "depth"], []),
        ["setup_remote_docker"] = (["version", "docker_layer_caching", "prefer_same_region", "reusable", "exclusive"], []),
        ["save_cache"] = (["key", "paths"], ["key", "paths"]),
        ["restore_cache"] = (["key", "keys"], []),
        ["store_artifacts"] = (["path", "destination"], ["path"]),
        ["store_test_results"] = (["path"], ["path"]),
        ["persist_to_workspace"] = (["root", "paths"], ["root", "paths"]),
        ["attach_workspace"] = (["at"], ["at"]),
        ["add_ssh_keys"] = (["fingerprints"], []),
        ["install_signing_bundle"] = ([], []),
    }.ToFrozenDictionary(s => s.Key, s => ((string[])[.. s.Value.Item1, .. OnEveryStep], s.Value.Item2), StringComparer.Ordinal);

    /// <summary>The steps that can be written as their name alone (CL-13.2).</summary>
    private static readonly string[] Bare = ["checkout", "setup_remote_docker", "add_ssh_keys", "install_signing_bundle"];

    private static readonly string[] OfCondition = ["condition", "steps"];

    /// <summary>The built-in steps, and the two forms that only the compiler knows.</summary>
    public static IEnumerable<string> BuiltIns => Steps.Keys.Concat(["when", "unless", "steps"]);

    public static bool IsBuiltIn(string name) => Steps.ContainsKey(name);

    /// <summary>Checks one step.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="value">What stands below; null for the bare form.</param>
    /// <param name="session">Takes the reports.</param>
    public static void Check(YamlScalar name, YamlNode? value, Session session)
    {
        if (!Steps.TryGetValue(name.Text, out var known))
            return;
        if (name.Text is "deploy")
            session.Report(StructureCodes.Deprecated, name.Span, "The step 'deploy' is deprecated", "Use 'run' in a job of its own, and 'requires' to have it run last.");

        if (value is YamlScalar { MayHoldTemplate: true })
            return;
        if (value is null or YamlScalar { IsNull: true })
        {
            if (!Bare.Contains(name.Text, StringComparer.Ordinal))
                session.Report(StructureCodes.MissingKey, name.Span, $"[{name.Text}] required key [{known.Required.FirstOrDefault("keys")}] not found", "Is the line below indented far enough?");
            return;
        }

        if (value is YamlScalar scalar)
        {
            if (name.Text is not ("run" or "deploy"))
                session.Report(StructureCodes.WrongType, scalar.Span, $"[{name.Text}] expected type: Mapping, found: {scalar.TypeName}", $"Its keys are {string.Join(", ", known.Keys)}.");
            return;
        }

        if (value is not YamlMapping mapping)
        {
            session.Report(StructureCodes.WrongType, value.Span, $"[{name.Text}] expected type: Mapping, found: {value.TypeName}", "Remove the '- ' before the keys.");
            return;
        }

        Shape.RequireKeys(mapping, name.Text, known.Required, session);
        Shape.MentionUnknownKeys(mapping, name.Text, known.Keys, session);
        CheckValues(name.Text, mapping, session);
    }

    /// <summary>Reports what stands in a list of steps and is none (CL-13.1).</summary>
    public static void ReportNotAStep(YamlNode step, string hint, Session session)
    {
        var message = step switch
        {
            YamlMapping { Entries.Length: > 1 } => "A step has one key; these are several",
            YamlMapping => "A step has one key; there is none",
            YamlSequence => "A step cannot be a list",
            YamlScalar { IsNull: true } => "There is no step after the '-'",
            YamlScalar { MayHoldTemplate: true } => "A step cannot be a parameter",
            _ => $"A step is a name or a map with one key, not a {step.TypeName.ToLowerInvariant()}",
        };
        var advice = step switch
        {
            _ when hint.Length > 0 => hint,
            YamlMapping { Entries: [var first, var second, ..] } when first.Value is YamlScalar { IsNull: true } => $"Indent '{second.Name}:' by two more, so that it belongs to '{first.Name}:'.",
            YamlMapping { Entries.Length: > 1 } => "Begin each step with '- ', or indent the keys below its name.",
            YamlSequence => "Remove one '- '.",
            _ => "Write the name of a step or command.",
        };
        session.Report(StructureCodes.BadStep, step is YamlMapping { Entries: [_, var extra, ..] } ? extra.Key.Span : step.Span, message, advice);
    }

    /// <summary>Checks a <c>when</c> or <c>unless</c> step (CL-1.16, CL-14.1); false when it cannot be evaluated.</summary>
    public static bool CheckCondition(YamlScalar name, YamlNode value, Session session)
    {
        if (value is not YamlMapping body)
        {
            session.Report(
                StructureCodes.WrongType, value.Span, $"[{name.Text}] expected type: Mapping, found: {value.TypeName}",
                $"A '{name.Text}' step has 'condition' and 'steps'; an attribute of a step stands inside of it.");
            return false;
        }

        return Shape.CheckKeys(body, name.Text, OfCondition, OfCondition, session)
            || (body.Has("condition") && body.Has("steps"));
    }

    private static void CheckValues(string step, YamlMapping mapping, Session session)
    {
        switch (step)
        {
            case "run" or "deploy":
                RunShape.Check(mapping, session);
                break;
            case "checkout":
                CheckCheckout(mapping, session);
                break;
            case "save_cache" or "persist_to_workspace":
                Shape.Expect(mapping, "key", ShapeTypes.Text, step, session);
                Shape.Expect(mapping, "root", ShapeTypes.Text, step, session);
                Shape.Expect(mapping, "paths", ShapeTypes.Sequence | ShapeTypes.String, step, session);
                break;
            case "restore_cache":
                if (!mapping.Has("key") && !mapping.Has("keys"))
                    session.Report(StructureCodes.MissingKey, mapping.Span, "[restore_cache] required key [keys] not found", "Give a 'key', or 'keys' as a list.");
                Shape.Expect(mapping["key"], ShapeTypes.Text, "restore_cache/key", session);
                Shape.Expect(mapping["keys"], ShapeTypes.Sequence | ShapeTypes.String, "restore_cache/keys", session);
                break;
            case "store_artifacts" or "store_test_results":
                Shape.Expect(mapping, "path", ShapeTypes.Text, step, session);
                break;
            case "attach_workspace":
                Shape.Expect(mapping["at"], ShapeTypes.Text, "attach_workspace/at", session);
                break;
            case "add_ssh_keys":
                Shape.Expect(mapping["fingerprints"], ShapeTypes.Sequence | ShapeTypes.String | ShapeTypes.Null, "add_ssh_keys/fingerprints", session);
                break;
        }

        RunShape.CheckWhen(mapping["when"], session);
    }

    private static void CheckCheckout(YamlMapping mapping, Session session)
    {
        Shape.Expect(mapping["path"], ShapeTypes.Text, "checkout/path", session);
        var method = mapping["method"] as YamlScalar;
        if (method is { MayHoldTemplate: false } && method.Text is not ("blobless" or "full" or "shallow"))
            session.Report(StructureCodes.WrongValue, method.Span, $"Checkout method '{method.Text}' is invalid", "The methods are blobless, full and shallow.");
        if (mapping["depth"] is not { } depth)
        {
            if (method is { Text: "shallow" })
                session.Report(StructureCodes.MissingKey, method.Span, "[checkout] required key [depth] not found", "A shallow checkout says how many commits: 'depth: 1'.");
            return;
        }

        if (method is not { Text: "shallow" } && method is not { MayHoldTemplate: true })
            session.Report(StructureCodes.Conflict, depth.Span, "Checkout depth can only be used with the shallow checkout method", "Add 'method: shallow', or remove 'depth'.");
        if (depth is not YamlScalar { MayHoldTemplate: true } && (depth is not YamlScalar { Kind: ScalarKind.Integer } number || !long.TryParse(number.Text, CultureInfo.InvariantCulture, out var commits) || commits < 1))
            session.Report(StructureCodes.WrongValue, depth.Span, "Checkout depth must be a positive number", "Write 'depth: 1' or more.");
    }
}
