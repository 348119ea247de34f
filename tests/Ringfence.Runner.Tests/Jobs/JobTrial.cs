using System.Text;
using Ringfence.Config;
using Ringfence.Config.Compilation;
using Ringfence.Config.Values;
using Ringfence.Primitives;
using Ringfence.Runner.Artifacts;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Checkout;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Process;

namespace Ringfence.Runner.Tests.Jobs;

/// <summary>Runs whole jobs with a real agent behind a real fence, in folders that go with it.</summary>
internal sealed class JobTrial : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ringfence-job-").FullName;
    private readonly StringBuilder _printed = new();

    public List<JobEvent> Events { get; } = [];

    public string Printed => _printed.ToString();

    /// <summary>The folder that is checked out.</summary>
    public string Source => Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName;

    /// <summary>Changes what the job is given.</summary>
    public Func<JobAssignment, JobAssignment> Adjust { get; set; } = assignment => assignment;

    /// <summary>Keys of the job beside its steps, as lines of YAML.</summary>
    public string Keys { get; set; } = "";

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Whether there is a fence.</summary>
    public bool IsFenced { get; set; } = true;

    public bool HasNetwork { get; set; } = true;

    /// <summary>Puts something around what makes its sandbox.</summary>
    public Func<ISandboxProvider, ISandboxProvider> Around { get; set; } = provider => provider;

    /// <summary>Is told each text that the job prints.</summary>
    public Action<string>? OnPrinted { get; set; }

    public LocalStores Stores => field ??= new LocalStores(Path.Combine(_folder, "stores"), Clock, StoreLimits.Default);

    /// <summary>The files of the artifacts.</summary>
    public IEnumerable<string> Artifacts => Directory.EnumerateFiles(Path.Combine(_folder, "run"), "*", SearchOption.AllDirectories);

    public void Dispose() => ScratchFolders.Remove(_folder);

    public IEnumerable<string> Ended(StepOutcome outcome)
    {
        var names = Events.OfType<JobEvent.Started>().GroupBy(e => e.Step.Step).ToDictionary(g => g.Key, g => g.First().Step.Name);
        return Events.OfType<JobEvent.Ended>().Where(e => e.Step.Outcome == outcome).Select(e => names[e.Step.Step]);
    }

    public async Task<JobResult> RunAsync(string steps, JobStop? stop = null, Func<string, bool>? cancelOn = null)
    {
        using var own = new JobStop();
        var stopping = stop ?? own;
        var provider = new ProcessSandboxProvider(IsFenced, Environment.GetEnvironmentVariable("PATH") ?? "");
        var check = await provider.CheckAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(check.IsAvailable, check.Description);
        var scratch = ScratchFolders.Create(Path.Combine(_folder, "sandboxes"), "run");
        var surroundings = new JobSurroundings(Stores, new ArtifactStore(Path.Combine(_folder, "run")), new SourceSnapshot(Source, "nothing"), Clock);
        var request = new SandboxRequest { Id = "job", RunId = "run", AgentFolder = await StaticAgent.FolderAsync(), ScratchFolder = scratch.Add("job"), HasNetwork = HasNetwork };

        var result = await new JobExecutor(Around(provider), surroundings, Take).RunAsync(Adjust(Assignment(steps)), request, stopping);
        scratch.RemoveAll();
        return result;

        ValueTask Take(JobEvent happened)
        {
            lock (Events)
            {
                Events.Add(happened);
                if (happened is JobEvent.Printed { Bytes: var bytes })
                {
                    var text = Encoding.UTF8.GetString(bytes.Span);
                    _printed.Append(text);
                    OnPrinted?.Invoke(text);
                    if (cancelOn?.Invoke(text) == true)
                        stopping.Cancel();
                }
            }

            return ValueTask.CompletedTask;
        }
    }

    private JobAssignment Assignment(string steps) => Assignment(steps, Keys);

    /// <summary>A job with these steps.</summary>
    public static JobAssignment Assignment(string steps, string keys)
    {
        var config = $"version: 2.1\njobs:\n  build:\n    machine: true\n{Indented(keys)}    steps:\n{Indented(steps)}workflows:\n  main:\n    jobs: [build]\n";
        var compiled = Compiler.Compile(new ConfigSource(new SourceText("config.yml", config)), new CompileRequest { Values = PipelineValues.Local(GitFacts.None) });
        Assert.True(compiled.IsValid, string.Join('\n', compiled.Diagnostics.Select(d => d.Message)));
        return new JobAssignment
        {
            Job = compiled.Pipeline!.Jobs[0],
            Number = 7,
            WorkflowId = "00000000-0000-0000-0000-000000000001",
            WorkspaceId = "00000000-0000-0000-0000-000000000001",
            Attempt = Guid.NewGuid().ToString(),
            Project = "project",
            Branch = "main",
        };
    }

    private static string Indented(string lines) => lines.Length == 0 ? "" : string.Concat(lines.Split('\n').Select(line => $"    {line}\n"));
}
