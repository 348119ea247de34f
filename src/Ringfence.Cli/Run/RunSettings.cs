using System.Collections.Immutable;
using Ringfence.Cli.Commands;
using Ringfence.Cli.Settings;
using Ringfence.Gate.Policies;
using Ringfence.Runner.Placement;

namespace Ringfence.Cli.Run;

/// <summary>What a user asked to be run, and how.</summary>
internal sealed record RunSettings
{
    /// <summary>The config, and as what kind of pipeline it is compiled.</summary>
    public required CompileSettings Compile { get; init; }

    /// <summary>The only workflow to run, or null.</summary>
    public string? Workflow { get; init; }

    /// <summary>The only job to run, without what it requires; or null.</summary>
    public string? Job { get; init; }

    /// <summary>The names of approvals that pass without being asked for.</summary>
    public ImmutableArray<string> Approve { get; init; } = [];

    /// <summary>The commit to run instead of the working tree, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>What settings files say; whatever was asked for is stronger.</summary>
    public FileSettings Files { get; init; } = FileSettings.None;

    /// <summary>What jobs were asked to run in, or null.</summary>
    public SandboxKind? AskedSandbox { get; init; }

    /// <summary>What jobs run in.</summary>
    public SandboxKind Sandbox => AskedSandbox ?? Files.Sandbox ?? SandboxKind.AsConfigured;

    /// <summary>Whether jobs were asked to run without a network.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Whether jobs may use the network.</summary>
    public bool HasNetwork => !IsOffline && Files.HasNetwork is not false;

    /// <summary>Whether fenced jobs were asked to have the network of this machine.</summary>
    public bool IsOnHostNetwork { get; init; }

    /// <summary>Whether fenced jobs have the network of this machine instead of one of their own.</summary>
    public bool HasHostNetwork => IsOnHostNetwork || Files.HasHostNetwork is true;

    /// <summary>Other names for images, as the user wrote them: <c>written=taken</c>.</summary>
    public ImmutableArray<string> ImageRules { get; init; } = [];

    /// <summary>Other names for images.</summary>
    public ImageMap Images => new(new FileSettings { Images = [.. ImageRules.Select(rule => rule.Split('=', 2)).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]))] }.Over(Files).Images);

    /// <summary>The image that was asked for as that of a job's private engine, or null.</summary>
    public string? AskedRemoteDockerImage { get; init; }

    /// <summary>The image of a job's private engine, or null.</summary>
    public string? RemoteDockerImage => AskedRemoteDockerImage ?? Files.RemoteDockerImage;

    /// <summary>How many parallel runs of jobs were asked for at a time, or 0.</summary>
    public int AskedAtATime { get; init; }

    /// <summary>How many parallel runs of jobs there may be at a time; 0 for as many as there are processors.</summary>
    public int AtATime => AskedAtATime > 0 ? AskedAtATime : Files.AtATime ?? 0;

    /// <summary>Whether events go to the output as JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether the output is line by line also on a terminal.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Whether a shell is opened in the sandbox of <see cref="Job"/> when the job has ended.</summary>
    public bool OpensShell { get; init; }

    /// <summary>Whether jobs run without the secrets that their contexts and the project hold.</summary>
    public bool HasNoSecrets { get; init; }

    /// <summary>Whether jobs get their secrets also as plain processes.</summary>
    public bool AllowsUnfencedSecrets { get; init; }

    /// <summary>What was asked to happen to secrets that are about to leave a job, at whatever exit; or null.</summary>
    public GatePolicy? AskedGate { get; init; }

    /// <summary>What happens to secrets that are about to leave a job.</summary>
    public GatePolicy Gate => AskedGate ?? GatePolicy.Default with { Exceptions = Files.Gate };

    /// <summary>The earlier run that this one goes on from, or null.</summary>
    public RunRecord? Previous { get; init; }

    /// <summary>What is repeated of <see cref="Previous"/>.</summary>
    public RerunKind Rerun { get; init; }

    /// <summary>What this run is for because an earlier one was, or null when git says it.</summary>
    public PlaceRecord? EarlierPlace => Rerun is RerunKind.None ? null : Previous?.Place;

    /// <summary>The words that a command needs to run parts of this again as they ran, with a blank before each; empty when all is usual.</summary>
    public string Repeat
    {
        get
        {
            var words = new List<string>();
            if (Compile.Path is not DefaultConfig.Path)
                words.Add(Views.ShownText.ShellWord(Compile.Path));
            Add("--branch", Compile.Branch);
            Add("--tag", Compile.Tag);
            Add("--pipeline-parameters", Compile.Parameters);
            Add("--commit", Commit);
            Add("--sandbox", AskedSandbox switch { SandboxKind.Docker => "docker", SandboxKind.Process => "process", SandboxKind.Unfenced => "none", _ => null });
            foreach (var rule in ImageRules)
                Add("--image", rule);
            if (IsOnHostNetwork)
                words.Add("--host-network");
            Add("--remote-docker-image", AskedRemoteDockerImage);
            if (HasNoSecrets)
                words.Add("--no-secrets");
            if (AllowsUnfencedSecrets)
                words.Add("--allow-unfenced-secrets");
            return string.Concat(words.Select(word => " " + word));

            void Add(string option, string? value)
            {
                if (value is not null)
                    words.AddRange([option, Views.ShownText.ShellWord(value)]);
            }
        }
    }
}
