using System.CommandLine;
using System.Globalization;
using Ringfence.Access.Fences;
using Ringfence.Access.Names;
using Ringfence.Access.References;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Output;
using Ringfence.Cli.Secrets;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Secrets;

/// <summary><c>ringfence secret fence</c>: limits a secret to some steps, by hand or by what the config's steps refer to (ENV-7, INC-22).</summary>
internal sealed class SecretFenceCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The name of the variable." };

    private readonly Option<string?> _learn = new("--learn")
    {
        Description = $"Only the steps that refer to it in this config; {DefaultConfig.Path} when no path is given.",
        HelpName = "PATH",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _pinned = new("--pinned") { Description = "With --learn: only as those steps are now. A changed step gets nothing until the fence is learned again." };
    private readonly Option<string[]> _step = Several("--step", "A step of a job, by the names that a run shows. JOB//STEP when the job's name holds a slash.", "JOB/STEP");
    private readonly Option<string[]> _orb = Several("--orb", "The steps of an orb: an exact version, or without one for all.", "REFERENCE");
    private readonly Option<string[]> _command = Several("--command", "The steps of a command, wherever it is called: 'push' of the config, 'acme/deploy/push' of an orb.", "NAME");
    private readonly Option<bool> _off = new("--off") { Description = "Take the fence away: every step of a job that gets the secret." };
    private readonly OwnerOptions _owner;

    private SecretFenceCommand(DocumentedCommand command)
    {
        command.Add(_name);
        _owner = OwnerOptions.AddTo(command);
        foreach (var option in (Option[])[_learn, _pinned, _step, _command, _orb, _off])
            command.Add(option);
        command.Validators.Add(result =>
        {
            var byHand = result.GetValue(_step)!.Length + result.GetValue(_command)!.Length + result.GetValue(_orb)!.Length > 0;
            var learns = result.GetResult(_learn) is { Implicit: false };
            if ((byHand ? 1 : 0) + (learns ? 1 : 0) + (result.GetValue(_off) ? 1 : 0) != 1)
                result.AddError("Say which steps get it: --learn, or --step, --command and --orb, or --off.");
        });
    }

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("fence", "Give a secret to some steps of a job only, and to no other.")
        {
            Examples =
            [
                "ringfence secret fence NPM_TOKEN --learn",
                "ringfence secret fence NPM_TOKEN --context release --step 'deploy/npm publish'",
                "ringfence secret fence AWS_KEY --orb circleci/aws-cli",
                "ringfence secret fence AWS_KEY --command circleci/aws-cli/setup",
            ],
            Notes = "--learn sees what stands in the config: a script of the repository that reads the variable is not seen.\n'ringfence secret references' shows what there is to learn.",
        };
        var made = new SecretFenceCommand(command);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, work => made.RunAsync(work, parsed, cancel)));
        return command;
    }

    private static Option<string[]> Several(string name, string description, string helpName) => new(name)
    {
        Description = description + " May be repeated.",
        HelpName = helpName,
        DefaultValueFactory = static _ => [],
    };

    private async Task<ExitCode> RunAsync(SecretWork work, ParseResult parsed, CancellationToken cancel)
    {
        if (!VariableName.TryParse(parsed.GetRequiredValue(_name), out var name, out var whyNot))
            throw new SecretRefusedException(InputCodes.BadArgument, whyNot, null);
        var owner = _owner.Choose(parsed, work);
        if (owner.Stored?.Find(name.Text) is null)
            throw new SecretRefusedException(SecretCodes.NotThere, $"There is no secret {name} in {owner.Title}.", "'ringfence secret list' prints those there are.");
        var fence = new Fence();
        if (parsed.GetResult(_learn) is { Implicit: false })
        {
            if (await LearnAsync(work, parsed, name, cancel) is not { } learned)
                return ExitCode.InvalidInput;
            fence.Steps.AddRange(learned);
        }
        else
        {
            fence.Steps.AddRange(ByHand(parsed));
        }

        await using var keep = await work.Keep.OpenAsync(cancel);
        var request = new KeepRequest { DescribeSecret = new DescribeSecret { Owner = owner.ToMessage(), Name = name.Text, Fence = fence } };
        await work.AskAsync(keep.Client, request, null, "", cancel);
        work.Say(fence.Steps.Count == 0
            ? $"Every step of a job that gets {name} has it now."
            : string.Create(CultureInfo.InvariantCulture, $"{name} goes to {(fence.Steps.Count == 1 ? "what this rule admits" : $"what these {fence.Steps.Count} rules admit")} and to no other step."));
        return ExitCode.Success;
    }

    /// <summary>Learns, and shows what was learned; null when the config is not valid.</summary>
    private async Task<IReadOnlyList<FenceStep>?> LearnAsync(SecretWork work, ParseResult parsed, VariableName name, CancellationToken cancel)
    {
        var config = await new ConfigCompilation(work.Surroundings).Run(new CompileSettings { Path = parsed.GetValue(_learn) ?? DefaultConfig.Of(work.Surroundings) }, cancel);
        config.ReportProblems(work.Surroundings);
        if (config.Pipeline is not { } pipeline)
            return null;
        var learned = StepReferences.Learn(pipeline, [name], parsed.GetValue(_pinned));
        if (learned.Fences.IsEmpty)
            throw new SecretRefusedException(SecretCodes.NotThere, $"No step of {config.Path} refers to {name}, so there is nothing to learn.", "A script of the repository may read it: name its steps with --step.");
        var table = new StyledTable("JOB", "STEP", "CONTENT");
        var rules = learned.Fences[0].Rules.OfType<FenceRule.Step>().ToList();
        foreach (var rule in rules)
            table.Add(DisplayText.Escape(rule.Job), DisplayText.Escape(rule.Name), rule.Content is { } content ? content.ToString() : "any");
        StyledTextWriter.Write(table.Draw(), work.Surroundings.Out, work.Surroundings.OutTraits);
        return [.. rules.Select(rule => new FenceStep { Job = rule.Job, Step = rule.Name, Content = rule.Content?.ToString() ?? "" })];
    }

    private IEnumerable<FenceStep> ByHand(ParseResult parsed) =>
    [
        .. parsed.GetValue(_step)!.Select(Step),
        .. parsed.GetValue(_command)!.Select(command => new FenceStep { Command = Given(command) }),
        .. parsed.GetValue(_orb)!.Select(orb => new FenceStep { Orb = Given(orb) }),
    ];

    private static FenceStep Step(string text)
    {
        var twice = text.IndexOf("//", StringComparison.Ordinal);
        var cut = twice > 0 ? twice : text.IndexOf('/', StringComparison.Ordinal);
        var step = cut > 0 ? text[(cut + (twice > 0 ? 2 : 1))..] : "";
        return step.Length > 0
            ? new FenceStep { Job = text[..cut], Step = step }
            : throw new SecretRefusedException(InputCodes.BadArgument, $"'{text}' names no step of a job.", "Write it like 'deploy/npm publish'.");
    }

    private static string Given(string name) => name.Length > 0 ? name : throw new SecretRefusedException(InputCodes.BadArgument, "A command or orb needs a name.", null);
}
