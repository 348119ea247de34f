using System.Security.Cryptography;
using System.Text;
using Ringfence.Config.Yaml;
using Ringfence.Protocol.Agents;

namespace Ringfence.Runner.Jobs;

/// <summary>The variables that every step of a job gets (§8.1): what the image has, built-in ones over it, the job's own over those.</summary>
internal sealed class JobEnvironment
{
    private const string UsualFolder = "~/project";
    private const int KeyDigits = 40;

    private readonly JobAssignment _assignment;

    private JobEnvironment(JobAssignment assignment, Dictionary<string, string> all, HashSet<string> stronger) => (_assignment, All, Stronger) = (assignment, all, stronger);

    /// <summary>All but the secrets.</summary>
    public Dictionary<string, string> All { get; }

    /// <summary>The names that a secret does not replace (CTX-21): all of them but the image's own.</summary>
    public HashSet<string> Stronger { get; }

    /// <summary>What a call that continues the pipeline has to say (CL-20.3); empty unless the job is of a setup workflow.</summary>
    public string ContinuationKey { get; private init; } = "";

    public static JobEnvironment Of(JobAssignment assignment, Hello hello, string bashEnv)
    {
        var all = new Dictionary<string, string>(hello.Environment, StringComparer.Ordinal)
        {
            ["HOME"] = hello.Home,

            // At the end: what the image calls circleci, if anything, is what the job expects (EX-10.2).
            ["PATH"] = $"{hello.Path}:{hello.ToolFolder}",
            ["BASH_ENV"] = bashEnv,
            ["CIRCLE_INTERNAL_TASK_DATA"] = hello.TaskFolder,
        };
        all.Remove("TERM");
        foreach (var (name, text) in BuiltIns(assignment))
            all[name] = text;
        foreach (var (name, text) in assignment.Job.Environment)
            all[name] = text;

        // Last: what the agent expects is this one.
        var key = assignment.IsSetup ? RandomNumberGenerator.GetHexString(KeyDigits, lowercase: true) : "";
        if (key.Length > 0)
            all["CIRCLE_CONTINUATION_KEY"] = key;
        var own = new HashSet<string>(all.Keys, StringComparer.Ordinal);
        own.RemoveWhere(name => hello.Environment.TryGetValue(name, out var text) && all[name] == text && !assignment.Job.Environment.Any(v => v.Name == name));
        return new JobEnvironment(assignment, all, own) { ContinuationKey = key };
    }

    /// <summary>EX-6.4, EX-18.19: <c>~</c> is the home; variables are not expanded.</summary>
    public static string WorkingDirectory(JobAssignment assignment, Hello hello)
    {
        var written = Written(assignment);
        return written is "~" ? hello.Home : written.StartsWith("~/", StringComparison.Ordinal) ? Path.Join(hello.Home, written[2..]) : Path.GetFullPath(written, hello.Home);
    }

    /// <summary>EX-6.1.</summary>
    public string Describe()
    {
        var text = new StringBuilder("Using build environment variables:\n");
        foreach (var (name, value) in BuiltIns(_assignment).OrderBy(v => v.Name, StringComparer.Ordinal))
            text.Append("  ").Append(name).Append('=').Append(value).Append('\n');
        foreach (var (name, _) in _assignment.Job.Environment)
            text.Append("  ").Append(name).Append(" (of the job)\n");
        foreach (var secret in _assignment.Secrets.OrderBy(s => s.Name, StringComparer.Ordinal))
            text.Append("  ").Append(secret.Name).Append("=**** (").Append(secret.Origin).Append(Stronger.Contains(secret.Name) ? ", hidden by another variable" : "").Append(secret.Steps is null ? "" : ", some steps only").Append(")\n");
        return text.ToString().TrimEnd('\n');
    }

    private static string Written(JobAssignment assignment) => assignment.Job.Body["working_directory"] is YamlScalar { IsNull: false } own ? own.Text : UsualFolder;

    /// <summary>The built-in variables (§8.4), as far as they do not depend on the sandbox.</summary>
    public static IEnumerable<(string Name, string Text)> BuiltIns(JobAssignment assignment) =>
    [
        ("CI", "true"),
        ("CIRCLECI", "true"),
        ("CIRCLE_JOB", assignment.Job.Name),
        ("CIRCLE_BUILD_NUM", Number(assignment.Number)),
        ("CIRCLE_NODE_INDEX", Number(assignment.NodeIndex)),
        ("CIRCLE_NODE_TOTAL", Number(assignment.NodeTotal)),
        ("CIRCLE_WORKFLOW_ID", assignment.WorkflowId),
        ("CIRCLE_WORKFLOW_WORKSPACE_ID", assignment.WorkspaceId),
        ("CIRCLE_WORKING_DIRECTORY", Written(assignment)),
        .. assignment.BuiltIns,
    ];

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
