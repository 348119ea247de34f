using System.Text.RegularExpressions;
using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Schema;

/// <summary>Checks every element that a document declares, used or not, and their names (CL-3, CL-4, CL-9 to CL-11).</summary>
internal static partial class DocumentShape
{
    private static readonly string[] Sections21 = ["orbs", "commands", "executors", "parameters", "job-groups"];

    public static void Check(ElementScope scope, Session session, bool isVersion21)
    {
        var document = scope.Document;
        if (!isVersion21)
        {
            RejectNewSections(document, session);
            CheckJobs(document, scope, session);
            return;
        }

        CheckCommands(document, scope, session);
        CheckExecutors(document, scope, session);
        CheckJobs(document, scope, session);
        MentionSharedNames(scope, session);
        CheckExperimental(document["experimental"], session);
    }

    private static void RejectNewSections(YamlMapping document, Session session)
    {
        foreach (var key in document.Entries.Where(e => Sections21.Contains(e.Name, StringComparer.Ordinal) && e.Value is YamlMapping).Select(e => e.Key))
            session.Report(key.Text is "orbs" ? StructureCodes.NeedsVersion21 : StructureCodes.IgnoredInOldVersion, key.Span, $"'{key.Text}' needs version 2.1", "Change the first line to 'version: 2.1'.");
    }

    private static void CheckCommands(YamlMapping document, ElementScope scope, Session session)
    {
        foreach (var (name, body) in Named(document, "commands", session))
        {
            CheckName(name, "command", CommandName(), "lower-case letters, digits, '-' and '_', beginning with a letter", session);
            if (body is not YamlScalar)
                scope.Declared(ElementKind.Command, name.Text);
            if (body is not YamlMapping command)
                continue;
            var path = $"#/commands/{name.Text}";
            Shape.CheckKeys(command, path, ["steps", "parameters", "description"], ["steps"], session);
            Shape.Expect(command["steps"], ShapeTypes.Sequence, $"{path}/steps", session);
            if (command["steps"] is YamlSequence { Items.Length: 0 } empty)
                session.Report(StructureCodes.WrongValue, empty.Span, $"[{path}] 'steps' needs at least one step", "Add a step, or remove the command.");
            StepWalk.Check(command["steps"], scope, session);
        }
    }

    private static void CheckExecutors(YamlMapping document, ElementScope scope, Session session)
    {
        foreach (var (name, body) in Named(document, "executors", session))
        {
            CheckName(name, "executor", CommandName(), "lower-case letters, digits, '-' and '_', beginning with a letter", session);
            if (body is not YamlScalar)
                scope.Declared(ElementKind.Executor, name.Text);
            if (body is not YamlMapping executor)
                continue;
            ExecutorShape.CheckDeclared(name.Text, executor, session);
        }
    }

    private static void CheckJobs(YamlMapping document, ElementScope scope, Session session)
    {
        var byName = new Dictionary<string, YamlScalar>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, body) in Named(document, "jobs", session))
        {
            if (session.IsStrict)
                CheckName(name, "job", JobName(), "letters, digits, '-', '_' and blanks, beginning with a letter", session);
            if (!byName.TryAdd(name.Text, name))
                session.Report(StructureCodes.SameNameIgnoringCase, name.Span, $"The job '{name.Text}' has the same name as '{byName[name.Text].Text}', but for upper and lower case", "Rename one of them.");
            if (body is not YamlScalar)
                scope.Declared(ElementKind.Job, name.Text);
            if (body is not YamlMapping job)
                continue;
            JobShape.CheckDeclared(name.Text, name.Span, job, session);
            if (JobShape.TypeOf(job) == JobType.Build)
                StepWalk.Check(job["steps"], scope, session);
        }
    }

    /// <summary>CL-4.7: one name for two kinds of thing works, and confuses people.</summary>
    private static void MentionSharedNames(ElementScope scope, Session session)
    {
        var kinds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (section, kind) in (ReadOnlySpan<(string, string)>)[("commands", "a command"), ("executors", "an executor"), ("jobs", "a job")])
        {
            foreach (var entry in (scope.Document[section] as YamlMapping)?.Entries ?? [])
            {
                if (!kinds.TryAdd(entry.Name, kind))
                    session.Report(StructureCodes.ConfusingName, entry.Key.Span, $"The name \"{entry.Name}\" is already used to define {kinds[entry.Name]}", "You might want to use a different name to avoid confusion.");
            }
        }
    }

    /// <summary>CL-3.3: nothing but <c>notify.branches</c>.</summary>
    private static void CheckExperimental(YamlNode? node, Session session)
    {
        if (node is not YamlMapping experimental)
            return;
        Shape.CheckKeys(experimental, "#/experimental", ["notify", "pipelines"], [], session);
        if (experimental["notify"] is not YamlMapping notify)
            return;
        Shape.CheckKeys(notify, "#/experimental/notify", ["branches"], ["branches"], session);
        if (notify["branches"] is YamlMapping branches)
            Shape.CheckKeys(branches, "#/experimental/notify/branches", ["only", "ignore"], [], session);
    }

    private static IEnumerable<(YamlScalar Name, YamlNode Body)> Named(YamlMapping document, string section, Session session)
    {
        var node = document[section];
        if (node is null or YamlScalar { IsNull: true })
            yield break;
        if (!Shape.Expect(node, ShapeTypes.Mapping, $"#/{section}", session) || node is not YamlMapping mapping)
            yield break;
        foreach (var entry in mapping.Entries)
            yield return (entry.Key, entry.Value);
    }

    private static void CheckName(YamlScalar name, string kind, Regex rule, string words, Session session)
    {
        if (!rule.IsMatch(name.Text))
            session.Report(StructureCodes.BadName, name.Span, $"'{ArgumentTypes.Show(name)}' is not a name for {(kind is "executor" ? "an" : "a")} {kind}", $"Use {words}.");
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex CommandName();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z\s0-9_-]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex JobName();
}
