using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Ringfence.Cli.Commands;
using Ringfence.Gate.Policies;
using Ringfence.Runner.Placement;

namespace Ringfence.Cli.Run;

/// <summary>The options of every command that runs a pipeline, in one place so that they mean the same everywhere.</summary>
internal sealed class RunOptions
{
    /// <summary>The most parallel runs of jobs at a time.</summary>
    public const int MostAtATime = 1000;

    private static readonly ImmutableArray<(string Word, SandboxKind Kind)> Kinds =
        [("as-configured", SandboxKind.AsConfigured), ("docker", SandboxKind.Docker), ("process", SandboxKind.Process), ("none", SandboxKind.Unfenced)];

    private readonly Option<string[]> _approve = Repeated("--approve", "NAME", "Let this approval pass without asking; may be repeated.");

    private readonly Option<string> _sandbox = new("--sandbox")
    {
        Description = "What jobs run in: as the config says; in containers; as fenced processes of this machine; or as plain processes, which can do all that you can.",
        HelpName = string.Join('|', Kinds.Select(k => k.Word)),
        DefaultValueFactory = _ => Kinds[0].Word,
    };

    private readonly Option<string[]> _images = Repeated("--image", "NAME=OTHER", "Take another image instead: 'cimg/*=mirror.example/cimg/*', 'node:20=my-node', 'ubuntu-2404:current=my-machine'; may be repeated.");

    private readonly Option<string?> _remoteDocker = new("--remote-docker-image") { Description = "The image of the private engine that setup_remote_docker starts, instead of Docker's own.", HelpName = "NAME" };

    private readonly Option<bool> _offline = new("--no-network") { Description = "Jobs get no network." };

    private readonly Option<bool> _hostNetwork = new("--host-network") { Description = "Fenced jobs share this machine's network, with what listens on its loopback address and other jobs' ports." };

    private readonly Option<bool> _noSecrets = new("--no-secrets") { Description = "Jobs run without the variables of their contexts and of the project." };

    private readonly Option<bool> _unfencedSecrets = new("--allow-unfenced-secrets") { Description = "Jobs get their secrets also as plain processes (--sandbox none), where other processes can read them." };

    private readonly Option<string?> _gate = new("--gate")
    {
        Description = "What happens to files that leave a job with a secret in them: refuse fails the step, warn lets them pass and says so, off does not look, and shows secrets in logs. When it is left out, the table [gate] of ringfence.toml decides; without that, refuse.",
        HelpName = "refuse|warn|off",
    };

    private readonly Option<int> _atATime = new("--jobs", "-j")
    {
        Description = "How many jobs, and parallel runs of jobs, may run at a time; as many as there are processors when left out.",
        HelpName = "NUMBER",
        CustomParser = static result =>
        {
            if (int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostAtATime)
                return number;
            result.AddError($"--jobs is a number from 1 to {MostAtATime}, not '{result.Tokens[0].Value}'.");
            return 0;
        },
    };

    private readonly Option<bool> _plain = new("--plain") { Description = "Print line by line also on a terminal." };

    private readonly Option<string> _format = FormatOption.Of("text", "json");

    private RunOptions()
    {
        _sandbox.AcceptOnlyFromAmong([.. Kinds.Select(k => k.Word)]);
        _gate.AcceptOnlyFromAmong("refuse", "warn", "off");
    }

    /// <summary>The words for kinds of sandboxes.</summary>
    public static IEnumerable<string> KindWords => Kinds.Select(k => k.Word);

    /// <summary>The kind of sandbox of a word; null when there is none.</summary>
    public static SandboxKind? KindOf(string word) => Kinds.Where(k => k.Word == word).Select(k => (SandboxKind?)k.Kind).FirstOrDefault();

    /// <summary>Adds them to a command.</summary>
    public static RunOptions AddTo(Command command)
    {
        var options = new RunOptions();
        foreach (var option in (ReadOnlySpan<Option>)
                 [options._approve, options._sandbox, options._images, options._remoteDocker, options._offline, options._hostNetwork, options._noSecrets, options._unfencedSecrets, options._gate, options._atATime, options._plain, options._format])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(options._offline) && result.GetValue(options._sandbox) is "none")
                result.AddError("--no-network needs a fence: nothing keeps plain processes from the network.");
            if (result.GetValue(options._offline) && result.GetValue(options._hostNetwork))
                result.AddError("--no-network and --host-network exclude each other.");
            foreach (var rule in result.GetValue(options._images) ?? [])
            {
                if (rule.Split('=', 2) is not [var written, var taken])
                    result.AddError($"--image is NAME=OTHER, not '{rule}'.");
                else if (ImageMap.WhyNot(written, taken) is { } whyNot)
                    result.AddError(whyNot);
            }
        });
        return options;
    }

    /// <summary>Puts what the user asked for into settings.</summary>
    public RunSettings Apply(ParseResult parsed, RunSettings settings) => settings with
    {
        Approve = [.. parsed.GetValue(_approve) ?? []],
        AskedSandbox = parsed.GetResult(_sandbox) is { Implicit: false } ? KindOf(parsed.GetValue(_sandbox)!) : settings.AskedSandbox,
        ImageRules = [.. parsed.GetValue(_images) ?? [], .. settings.ImageRules],
        AskedRemoteDockerImage = parsed.GetValue(_remoteDocker) ?? settings.AskedRemoteDockerImage,
        IsOffline = parsed.GetValue(_offline),
        IsOnHostNetwork = parsed.GetValue(_hostNetwork),
        AskedAtATime = parsed.GetValue(_atATime),
        HasNoSecrets = parsed.GetValue(_noSecrets),
        AllowsUnfencedSecrets = parsed.GetValue(_unfencedSecrets),
        AskedGate = parsed.GetResult(_gate) is { Implicit: false } ? GateOf(parsed.GetValue(_gate)) : settings.AskedGate,
        IsPlain = parsed.GetValue(_plain),
        IsJson = parsed.GetValue(_format) is "json",
    };

    private static GatePolicy GateOf(string? word) => word switch
    {
        "off" => Everywhere(GateAction.Allow, Enum.GetValues<GateExit>()),
        "warn" => Everywhere(GateAction.Warn, Enum.GetValues<GateExit>().Where(exit => exit != GateExit.Log)),
        _ => GatePolicy.Default,
    };

    private static GatePolicy Everywhere(GateAction action, IEnumerable<GateExit> exits) => exits.Aggregate(GatePolicy.Default, (policy, exit) => policy.With(exit, action));

    private static Option<string[]> Repeated(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = static _ => [],
    };
}
