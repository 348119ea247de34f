using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Runner.Placement;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Secrets;

namespace Ringfence.Cli.Run.Driving;

/// <summary>Finds what a job runs in: what its config says, changed by what the user asked for.</summary>
/// <param name="kind">What the user asked for.</param>
/// <param name="images">Other names for images; one for the image of a machine makes a container of the machine.</param>
/// <param name="variable">The variables that images and their <c>auth</c> may name.</param>
/// <param name="containers">Makes containers.</param>
/// <param name="processes">Makes processes, fenced unless the user said otherwise.</param>
internal sealed class SandboxChoice(SandboxKind kind, ImageMap images, Func<string, string?> variable, ISandboxProvider containers, ISandboxProvider processes)
{
    private readonly Dictionary<ISandboxProvider, SandboxCheck> _checked = [];

    /// <summary>What a job asks for.</summary>
    public JobRequirements Of(CompiledJob job) => new(job, images, variable);

    /// <summary>The containers of a job, with what its <c>auth</c> names among its secrets.</summary>
    public ImmutableArray<ContainerRequest> Containers(CompiledJob job, ChosenSandbox.Some chosen, ImmutableArray<JobSecret> secrets)
    {
        if (chosen.Containers.IsEmpty || secrets.IsEmpty)
            return chosen.Containers;
        var requirements = new JobRequirements(job, images, variable) { Secret = name => secrets.FirstOrDefault(s => s.Name == name && s.Steps is null)?.Value.RevealString() };
        return requirements.Place is JobPlace.Containers all ? all.All : chosen.Containers;
    }

    /// <summary>What it runs in.</summary>
    public ChosenSandbox Choose(CompiledJob job)
    {
        var asked = Of(job);
        var chosen = Choose(asked.Place);
        return chosen is ChosenSandbox.Some some && asked.NamesUnknownClass
            ? some with { Remark = $"{some.Remark}\n{AboutUnknownClass(asked, some)}".TrimStart('\n') }
            : chosen;
    }

    /// <summary>Whether sandboxes of a kind can be had; asked once a run.</summary>
    public async Task<SandboxCheck> CheckAsync(ISandboxProvider provider, CancellationToken cancel)
    {
        if (!_checked.TryGetValue(provider, out var check))
            _checked[provider] = check = await provider.FindAsync(cancel);
        return check;
    }

    /// <summary>Removes what killed runs left of the kinds that were checked and are there.</summary>
    public async Task<ImmutableArray<string>> SweepAsync(CancellationToken cancel)
    {
        var removed = new List<string>();
        foreach (var (provider, check) in _checked.Where(c => c.Value.IsAvailable))
        {
            try
            {
                removed.AddRange(await provider.SweepAsync(cancel));
            }
            catch (SandboxException)
            {
                // Old things in the way are no reason not to run; what is wrong with the engine shows at the first job.
            }
        }

        return [.. removed];
    }

    private static string AboutUnknownClass(JobRequirements asked, ChosenSandbox.Some chosen) =>
        $"CircleCI has no resource class '{asked.ResourceClassName}' for {(asked.Place is JobPlace.Containers ? "containers" : "machines")} and would not run the job. Here it {(chosen.Containers.IsEmpty ? "runs without limits" : "has the size of 'medium'")}.";

    private ChosenSandbox Choose(JobPlace place) => place switch
    {
        JobPlace.Nowhere nowhere => new ChosenSandbox.None(nowhere.Reason),
        JobPlace.Containers all when kind is SandboxKind.AsConfigured or SandboxKind.Docker => new ChosenSandbox.Some(containers, all.All)
        {
            Remark = all.All[0].Environment.IsEmpty ? "" : $"The variables of the primary container do not reach the steps: {string.Join(", ", all.All[0].Environment.Select(v => v.Name))}. Write them into the job's 'environment' if steps need them.",
        },
        JobPlace.Containers all => new ChosenSandbox.Some(processes, [])
        {
            Remark = all.All.Length > 1
                ? $"It runs on this machine instead of in {all.All[0].Image}, and without {string.Join(", ", all.All.Skip(1).Select(c => c.Image))}."
                : $"It runs on this machine instead of in {all.All[0].Image}.",
        },
        JobPlace.Machine { Image: var image } when images.Apply(image) is var mapped && mapped != image && kind is SandboxKind.AsConfigured or SandboxKind.Docker =>
            new ChosenSandbox.Some(containers, [new ContainerRequest { Image = mapped }]),
        JobPlace.Machine when kind is SandboxKind.Docker => new ChosenSandbox.None("it needs a machine, and there are containers only; name an image for it with --image"),
        JobPlace.Machine => new ChosenSandbox.Some(processes, []),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>What a job runs in.</summary>
internal abstract record ChosenSandbox
{
    private ChosenSandbox()
    {
    }

    /// <summary>It can run.</summary>
    /// <param name="Provider">Makes the sandbox.</param>
    /// <param name="Containers">The containers; empty for a process.</param>
    public sealed record Some(ISandboxProvider Provider, ImmutableArray<ContainerRequest> Containers) : ChosenSandbox
    {
        /// <summary>What a person should know about it; empty when it is as configured.</summary>
        public string Remark { get; init; } = "";
    }

    /// <summary>It cannot run here.</summary>
    /// <param name="Reason">Why not, as the end of a sentence.</param>
    public sealed record None(string Reason) : ChosenSandbox;
}
