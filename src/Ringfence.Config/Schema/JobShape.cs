using System.Globalization;
using System.Text.RegularExpressions;
using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Schema;

/// <summary>What a job looks like, as written and once it is expanded (CL-11).</summary>
internal static partial class JobShape
{
    private static readonly string[] Keys =
    [
        "type", "docker", "machine", "macos", "executor", "steps", "parameters", "working_directory", "shell", "environment", "parallelism",
        "resource_class", "retention", "circleci_ip_ranges", "description", "branches", "plan_name", "validation", "key",
    ];

    /// <summary>The types a job can have, as they are written.</summary>
    public static IReadOnlyDictionary<string, JobType> Types { get; } = new Dictionary<string, JobType>(StringComparer.Ordinal)
    {
        ["build"] = JobType.Build,
        ["release"] = JobType.Release,
        ["no-op"] = JobType.NoOp,
        ["approval"] = JobType.Approval,
        ["lock"] = JobType.Lock,
        ["unlock"] = JobType.Unlock,
    };

    /// <summary>The type of a job; build when the written one is missing or not known.</summary>
    public static JobType TypeOf(YamlMapping job) =>
        job["type"] is YamlScalar type && Types.TryGetValue(type.Text, out var known) ? known : JobType.Build;

    /// <summary>Checks a job as it is declared, whether or not a workflow uses it.</summary>
    public static void CheckDeclared(string name, SourceSpan nameSpan, YamlMapping job, Session session)
    {
        var path = $"#/jobs/{name}";
        if (job["type"] is YamlScalar { MayHoldTemplate: false } type && !Types.ContainsKey(type.Text))
        {
            session.Report(
                StructureCodes.WrongValue, type.Span, $"Invalid job type '{type.Text}'. Allowed types: {string.Join(", ", Types.Keys)}",
                Spelling.DidYouMean(type.Text, Types.Keys, "Leave 'type' away for a job that runs steps."));
            return;
        }

        if (TypeOf(job) != JobType.Build)
        {
            CheckOtherType(path, job, session);
            return;
        }

        if (job.KeyOf("max_auto_reruns") is { } misplaced && session.IsStrict)
            session.Report(StructureCodes.ExtraneousKey, misplaced.Span, $"[{path}] extraneous key [max_auto_reruns] is not permitted", "It belongs to a workflow or to a 'run' step.");
        Shape.CheckKeys(job, path, job.Has("max_auto_reruns") ? [.. Keys, "max_auto_reruns"] : Keys, [], session);
        if (!job.Has("steps"))
            session.Report(StructureCodes.MissingKey, nameSpan, $"[{path}] required key [steps] not found", "A job lists what it does under 'steps:'.");
        CheckLeaves(path, job, session);
        ExecutorShape.CheckTypes(job, path, session);
        if (job["steps"] is YamlSequence { Items.Length: 0 } empty)
            session.Report(StructureCodes.WrongValue, empty.Span, $"[{path}] 'steps' needs at least one step", "Add a step such as '- checkout'.");
        if (!job.Has("executor") && !job.Entries.Any(e => ExecutorTypes.Is(e.Name)))
            session.Report(StructureCodes.MissingKey, nameSpan, $"[{path}] 0 subschemas matched instead of one: the job has no executor", "Add 'docker:', 'machine:', 'macos:' or 'executor:'.");
    }

    /// <summary>Checks what only shows once parameters are put in and the executor is merged.</summary>
    public static void CheckExpanded(YamlMapping body, Element job, Session session)
    {
        if (TypeOf(body) != JobType.Build)
            return;

        var path = $"#/jobs/{job.Name}";
        CheckParallelism(body["parallelism"], path, session);
        ExecutorShape.CheckTypes(body, path, session);
        if (!body.Entries.Any(e => ExecutorTypes.Is(e.Name)) && job.Body.Has("executor") && !session.Diagnostics.HasErrors)
            session.Report(StructureCodes.MissingKey, job.Body.KeyOf("executor")!.Span, $"[{path}] 0 subschemas matched instead of one: the executor has no type", "Add 'docker:', 'machine:' or 'macos:' to the executor.");
        if (body["steps"] is YamlSequence { Items.Length: 0 } && job.Body["steps"] is YamlSequence { Items.Length: > 0 } && !session.Diagnostics.HasErrors)
            session.Report(StructureCodes.NoStepLeft, job.NameSpan, $"[{path}] no step is left of 'steps' once its conditions are decided", "Let at least one step run in every case.");
        if (body.Has("machine") && body.Steps("setup_remote_docker") is { } remote)
            session.Report(StructureCodes.Conflict, remote.Span, "'setup_remote_docker' cannot be used in a 'machine' job", "A machine has a Docker engine of its own; remove the step.");
    }

    private static void CheckLeaves(string path, YamlMapping job, Session session)
    {
        Shape.Expect(job["steps"], ShapeTypes.Sequence, $"{path}/steps", session);
        Shape.Expect(job["working_directory"], ShapeTypes.Text, $"{path}/working_directory", session);
        Shape.Expect(job["shell"], ShapeTypes.Text | ShapeTypes.Sequence, $"{path}/shell", session);
        Shape.Expect(job["environment"], ShapeTypes.Mapping | ShapeTypes.Sequence | ShapeTypes.Null | ShapeTypes.String, $"{path}/environment", session);
        Shape.Expect(job["resource_class"], ShapeTypes.Text, $"{path}/resource_class", session);
        Shape.Expect(job["circleci_ip_ranges"], ShapeTypes.Boolean, $"{path}/circleci_ip_ranges", session);
        Shape.Expect(job["executor"], ShapeTypes.String | ShapeTypes.Mapping, $"{path}/executor", session);
        CheckParallelism(job["parallelism"], path, session);
        CheckRetention(job["retention"], path, session);
        if (job.KeyOf("branches") is { } branches)
            session.Report(StructureCodes.Deprecated, branches.Span, "'branches' of a job is deprecated and has no effect where workflows are used", "Use 'filters' in the workflow.");
    }

    private static void CheckOtherType(string path, YamlMapping job, Session session)
    {
        if (job.KeyOf("steps") is { } steps)
            session.Report(StructureCodes.Ignored, steps.Span, "Steps only exist in `build` jobs. Steps here will be ignored.", "Remove them, or the 'type'.");
        var required = TypeOf(job) switch
        {
            JobType.Release => "plan_name",
            JobType.Lock or JobType.Unlock => "key",
            _ => null,
        };
        if (required is not null && !job.Has(required))
            session.Report(StructureCodes.MissingKey, job.Span, $"[{path}] required key [{required}] not found", $"Add '{required}:' here.");
        if (job["validation"] is { } validation)
            ReleaseShape.CheckValidation(validation, $"{path}/validation", session);
    }

    /// <summary>CL-11.11: a positive whole number.</summary>
    private static void CheckParallelism(YamlNode? node, string path, Session session)
    {
        if (node is null or YamlScalar { MayHoldTemplate: true })
            return;
        if (node is not YamlScalar { Kind: ScalarKind.Integer } scalar)
            session.Report(StructureCodes.WrongType, node.Span, $"[{path}/parallelism] expected type: Integer, found: {node.TypeName}", "Write a whole number of 1 or more, without quotes.");
        else if (!long.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var count) || count < 1)
            session.Report(StructureCodes.WrongValue, node.Span, $"[{path}/parallelism] {scalar.Text} is not greater or equal to 1", "Write a whole number of 1 or more.");
    }

    private static void CheckRetention(YamlNode? node, string path, Session session)
    {
        if (node is null)
            return;
        if (!Shape.Expect(node, ShapeTypes.Mapping, $"{path}/retention", session) || node is not YamlMapping retention)
            return;

        Shape.CheckKeys(retention, $"{path}/retention", ["caches"], [], session);
        if (retention["caches"] is not { } caches || caches is YamlScalar { MayHoldTemplate: true })
            return;
        if (caches is not YamlScalar { Kind: ScalarKind.String } text)
            session.Report(StructureCodes.WrongType, caches.Span, $"[{path}/retention/caches] expected type: String, found: {caches.TypeName}", "Write a number of days, such as 7d.");
        else if (!RetentionDays().IsMatch(text.Text))
            session.Report(StructureCodes.WrongValue, caches.Span, $"[{path}/retention/caches] string [{text.Text}] does not match pattern ^([1-9]|[12][0-9]|30)d$", "Write a number of days, such as 7d.");
    }

    private static YamlNode? Steps(this YamlMapping job, string name) =>
        (job["steps"] as YamlSequence)?.Items.FirstOrDefault(s => s switch
        {
            YamlScalar scalar => scalar.Text == name,
            YamlMapping { Entries: [var only] } => only.Name == name,
            _ => false,
        });

    [GeneratedRegex(@"\A([1-9]|[12][0-9]|30)d\z", RegexOptions.NonBacktracking)]
    private static partial Regex RetentionDays();
}
