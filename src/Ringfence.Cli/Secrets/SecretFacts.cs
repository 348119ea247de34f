using System.Collections.Immutable;
using Ringfence.Access.Fences;
using Ringfence.Access.References;
using Ringfence.Cli.Local;
using Ringfence.Cli.Run;
using Ringfence.Cli.Run.Driving;
using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Secrets;

/// <summary>Tells the keep what it needs to decide about one parallel run of a job, and what it records.</summary>
internal static class SecretFacts
{
    // What a local run knows. Everything else among its values is made up, so that configs compile, and must not decide anything.
    private static readonly ImmutableHashSet<string> Known = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "pipeline.id", "pipeline.number", "pipeline.trigger.received_at");

    private const string AddKeys = "add_ssh_keys";

    // What git says, if there is a repository.
    private static readonly ImmutableHashSet<string> OfGit = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "pipeline.git.branch", "pipeline.git.tag", "pipeline.git.revision", "pipeline.git.commit.subject", "pipeline.git.commit.body");

    /// <summary>The request for one parallel run of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="node">Which of its parallel runs.</param>
    /// <param name="contexts">The contexts it names.</param>
    /// <param name="origin">Where the config and the code come from.</param>
    public static Release Of(JobRun job, int node, ImmutableArray<string> contexts, SourceOrigin origin)
    {
        var (run, phase, parts) = (job.Workflow, job.Workflow.Phase, job.Workflow.Parts);
        var steps = CompiledSteps.Of(phase.Pipeline, job.Job);
        var release = new Release
        {
            Organization = CurrentProject.OrganizationOf(parts.Project),
            Project = parts.Project,
            OriginRepository = parts.Project,
            TargetRepository = parts.Project,
            Reference = !origin.IsRepository ? "a folder of this machine" : phase.Tag.Length > 0 ? $"refs/tags/{phase.Tag}" : PlaceRecord.IsOfPullRequest(phase.Branch) ? $"refs/{phase.Branch}" : $"refs/heads/{phase.Branch}",
            IsCalledFork = parts.Settings.Compile.AsFork,
            IsSshEnabled = parts.Settings.OpensShell,
            IsConfigFromApi = origin.IsConfigChanged,
            Attempt = job.Attempt.Number,
            IsRerun = parts.Settings.Previous is not null,
            Job = new Job
            {
                Pipeline = parts.Folder.Number,
                Workflow = run.Id.ToString(),
                Name = job.Job.Name,
                Attempt = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{job.Attempt.Number}/{node}"),
                Commit = phase.Revision,
                Ref = phase.Tag.Length > 0 ? phase.Tag : phase.Branch,
            },
        };
        release.Contexts.AddRange(contexts);
        release.Job.Images.AddRange(ImagesOf(job.Job));
        release.Job.Orbs.AddRange(steps.Select(s => s.Identity.Origin).OfType<StepOrigin.Orb>().Select(o => o.Reference).Distinct(StringComparer.Ordinal));
        release.Job.Steps.AddRange(steps.Select(StepOf));
        release.Values.Add(new Value { Name = "pipeline.project.slug", Text = parts.Project });
        foreach (var (name, value) in phase.Values.SetValues.Where(v => IsKnown(v.Key, parts, origin)).OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            var said = new Value { Name = name };
            if (value.TryGetBoolean(out var boolean))
                said.Boolean = boolean;
            else if (value.TryGetInteger(out var integer))
                said.Integer = integer;
            else if (value.TryGetString(out var text))
                said.Text = text;
            release.Values.Add(said);
        }

        return release;
    }

    /// <summary>Whether a job has a step that installs SSH keys.</summary>
    public static bool InstallsKeys(CompiledJob job) => (job.Steps?.Items ?? []).Any(step => step is YamlScalar { Text: AddKeys } or YamlMapping { Entries: [{ Name: AddKeys }, ..] });

    private static Step StepOf(CompiledStep compiled)
    {
        var step = new Step
        {
            Kind = compiled.Identity.Kind,
            Name = compiled.Identity.Name,
            Command = compiled.Identity.Command,
            IsOfConfig = compiled.Identity.Origin is StepOrigin.Config,
            Orb = compiled.Identity.Origin is StepOrigin.Orb orb ? orb.Reference : "",
            Content = compiled.Identity.Content.ToString(),
        };
        if (compiled.Body is YamlMapping { Entries: [{ Name: AddKeys, Value: YamlMapping body }, ..] } && body["fingerprints"] is YamlSequence named)
            step.Fingerprints.AddRange(named.Items.OfType<YamlScalar>().Select(text => text.Text));
        return step;
    }

    // The person who gives an event file vouches for it, as for the working tree.
    private static bool IsKnown(string name, RunParts parts, SourceOrigin origin) =>
        Known.Contains(name) || (origin.IsRepository && OfGit.Contains(name)) || (parts.Settings.Compile.EventFile is not null && name.StartsWith("pipeline.event.", StringComparison.Ordinal));

    private static IEnumerable<string> ImagesOf(CompiledJob job) => job.Body["docker"] is YamlSequence images
        ? images.Items.OfType<YamlMapping>().Select(image => image["image"]).OfType<YamlScalar>().Select(image => image.Text)
        : job.Body["machine"] is YamlMapping machine && machine["image"] is YamlScalar one ? [one.Text] : [];
}
