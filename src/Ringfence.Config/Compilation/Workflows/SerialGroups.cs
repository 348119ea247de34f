using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>Puts a lock before and an unlock behind what has a <c>serial-group</c> (CL-17.25 to CL-17.27).</summary>
internal sealed class SerialGroups(Expansion expansion)
{
    private readonly Session _session = expansion.Session;
    private readonly HashSet<(DraftWorkflow, string)> _keys = [];

    /// <summary>All outcomes: the unlock runs whatever happened.</summary>
    internal static ImmutableArray<RequiredStatus> Terminal { get; } = [.. Enum.GetValues<RequiredStatus>()];

    /// <summary>Adds a job between a lock and an unlock. The lock waits for what the job was to wait for; nobody waits for the unlock.</summary>
    public void Wrap(Draft job, YamlNode written, DraftWorkflow workflow, CallSite site)
    {
        if (job.Group is not null)
        {
            _session.Report(
                WorkflowCodes.BadSerialGroup, written.Span,
                "Use of `serial-group` on job invocations inside a job-group is not supported. Please consider using `serial-group` on the job-group instead.",
                "Move 'serial-group' to where the group is called.");
            InvocationExpander.Add(workflow, job.Group, job);
            return;
        }

        if (ReadKey(written, workflow, site) is not { } key)
        {
            InvocationExpander.Add(workflow, null, job);
            return;
        }

        var taker = MakeLock($"{job.BaseName}/lock", key, job.Keys, job.Span, null);
        workflow.Jobs.Add(taker);
        var inner = new Draft
        {
            BaseName = job.BaseName, LocalName = job.LocalName, Type = job.Type, Body = job.Body, Declaration = job.Declaration, Signature = job.Signature,
            Member = job.Member, Keys = [.. job.Keys.Where(k => k.Name is not "requires")], Span = job.Span, Alias = job.Alias,
        };
        inner.Added.Add((taker, [RequiredStatus.Success]));
        workflow.Jobs.Add(inner);
        workflow.Jobs.Add(MakeUnlock($"{job.BaseName}/unlock", key, inner, FiltersOf(job.Keys), null));
    }

    /// <summary>The key of a serial group; null when it is not valid, which is reported.</summary>
    public string? ReadKey(YamlNode written, DraftWorkflow workflow, CallSite site)
    {
        if (expansion.Substitution.Apply(written, site.Bindings) is not YamlScalar { IsNull: false } value)
        {
            _session.Report(WorkflowCodes.BadSerialGroup, written.Span, $"'serial-group' expected type: String, found: {written.TypeName}", "Write a key such as '<< pipeline.project.slug >>/deploy'.");
            return null;
        }

        var key = value.Text;
        var isValid = key.Length is > 0 and <= 512 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/');
        if (!isValid)
            _session.Report(WorkflowCodes.BadSerialGroup, written.Span, $"'{ArgumentTypes.Show(value)}' is not a key for a serial group", "Use 1 to 512 letters, digits, '.', '_', '-' and '/'.");
        else if (!_keys.Add((workflow, key)))
            _session.Report(WorkflowCodes.BadSerialGroup, written.Span, $"The serial group '{key}' is used twice in the workflow '{workflow.Name}'", "The second would wait for the first for ever; put both jobs into a job group.");
        return isValid ? key : null;
    }

    public static Draft MakeLock(string name, string key, ImmutableArray<YamlEntry> waits, SourceSpan span, GroupInstance? group) =>
        Make(name, JobType.Lock, key, [.. waits.Where(k => k.Name is "requires" or "filters")], span, group);

    public static Draft MakeUnlock(string name, string key, Draft after, ImmutableArray<YamlEntry> filters, GroupInstance? group)
    {
        var unlock = Make(name, JobType.Unlock, key, filters, after.Span, group);
        unlock.Added.Add((after, Terminal));
        return unlock;
    }

    /// <summary>The keys that say where a job runs; without the same ones a lock would not be given back on a tag (CL-16.24).</summary>
    public static ImmutableArray<YamlEntry> FiltersOf(ImmutableArray<YamlEntry> keys) => [.. keys.Where(k => k.Name is "filters")];

    private static Draft Make(string name, JobType type, string key, ImmutableArray<YamlEntry> keys, SourceSpan span, GroupInstance? group)
    {
        var entries = new YamlEntry[]
        {
            new(YamlScalar.String("type", span), YamlScalar.String(type == JobType.Lock ? "lock" : "unlock", span)),
            new(YamlScalar.String("key", span), YamlScalar.String(key, span)),
        };
        return new Draft
        {
            BaseName = name,
            LocalName = name,
            Type = type,
            Body = new YamlMapping(span, [.. entries]),
            Declaration = span,
            Signature = new YamlMapping(span, [.. keys]),
            Keys = keys,
            Span = span,
            SerialKey = key,
            IsHidden = true,
            Group = group,
        };
    }
}
