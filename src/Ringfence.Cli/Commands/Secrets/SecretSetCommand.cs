using System.CommandLine;
using System.Globalization;
using Ringfence.Access.Inventory;
using Ringfence.Access.Names;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Secrets;
using Ringfence.Gate.Forms;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Secrets;

/// <summary><c>ringfence secret set</c> and <c>ringfence secret rotate</c>, which insists on a secret that is there and on another value.</summary>
internal sealed class SecretSetCommand
{
    private readonly Surroundings _surroundings;
    private readonly bool _rotates;
    private readonly Argument<string> _name = new("NAME") { Description = "The name of the variable. Its value never stands on the command line." };
    private readonly Option<string?> _person = new("--person") { Description = "Who looks after it.", HelpName = "NAME" };
    private readonly Option<bool> _guarded = new("--allow-guarded-name") { Description = "Let it have a name that changes how programs behave, such as PATH. That is recorded." };
    private readonly Option<bool> _short = new("--short") { Description = "Store a value that is too short to be masked everywhere, or empty." };
    private readonly Option<DateTimeOffset?> _deadline;
    private readonly OwnerOptions _owner;
    private readonly ValueSource _source;

    private SecretSetCommand(DocumentedCommand command, Surroundings surroundings, bool rotates)
    {
        (_surroundings, _rotates) = (surroundings, rotates);
        _deadline = TimeOption.Deadline(surroundings.Clock);
        command.Add(_name);
        _source = ValueSource.AddTo(command);
        _owner = OwnerOptions.AddTo(command);
        foreach (var option in (Option[])[_person, _deadline, _guarded, _short])
            command.Add(option);
    }

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings, bool rotates)
    {
        var command = rotates
            ? new DocumentedCommand("rotate", "Give a secret a new value.")
            {
                Examples = ["ringfence secret rotate NPM_TOKEN --context release", "ringfence secret rotate SESSION_KEY --generate"],
                Notes = "The value comes as with 'ringfence secret set'. The same value as before is refused: nothing would be rotated.",
            }
            : new DocumentedCommand("set", "Store a secret of a context or a project, sealed to the keep.")
            {
                Examples =
                [
                    "ringfence secret set NPM_TOKEN --context release",
                    "pass show npm | ringfence secret set NPM_TOKEN --person ann --deadline 30d",
                    "ringfence secret set DEPLOY_KEY --fd 3 3< ~/.ssh/deploy",
                    "ringfence secret set SESSION_KEY --generate",
                ],
                Notes = "The value is asked for at the terminal, without showing it, and read from standard input otherwise, without one\nline end at its end. It is never an argument: those end up in the shell's history and in the list of processes.",
            };
        var made = new SecretSetCommand(command, surroundings, rotates);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, work => made.RunAsync(work, parsed, cancel)));
        return command;
    }

    private async Task<ExitCode> RunAsync(SecretWork work, ParseResult parsed, CancellationToken cancel)
    {
        var given = parsed.GetRequiredValue(_name);
        _source.Check(parsed, given);
        if (!VariableName.TryParse(given, out var name, out var whyNot))
            throw new SecretRefusedException(InputCodes.BadArgument, whyNot, null);
        var set = Options(parsed, name);
        if (name.WhyGuarded is { } guarded && !set.AllowsGuarded)
        {
            work.Confirm([guarded], "If that is meant, say it again with --allow-guarded-name.");
            set.AllowsGuarded = true;
        }

        var owner = _owner.Choose(parsed, work);
        if (_rotates && owner.Stored?.Find(name.Text) is null)
            throw new SecretRefusedException(SecretCodes.NotThere, $"There is no secret {name} in {owner.Title} to rotate.", "'ringfence secret set' stores a new one, 'ringfence secret list' prints those there are.");
        await work.Keep.EnsureAsync(cancel);
        await using var keep = await work.Keep.OpenAsync(cancel);
        using var value = await SecretInput.WaitAsync(() => _source.Read(parsed, name.Text, _surroundings), cancel);
        Check(work, set, value);
        var done = await new SecretWriter(work, keep.Client, owner).WriteAsync(set, value, mayAsk: true, cancel);
        Tell(work, owner, name, done, value);
        return ExitCode.Success;
    }

    private SetSecret Options(ParseResult parsed, VariableName name) => new()
    {
        Name = name.Text,
        Person = parsed.GetValue(_person) ?? "",
        Deadline = TimeOption.ToMessage(parsed.GetValue(_deadline)),
        AllowsGuarded = parsed.GetValue(_guarded) && name.IsGuarded,
        IsShortOnPurpose = parsed.GetValue(_short),
        WantsAnotherValue = _rotates,
    };

    private static void Check(SecretWork work, SetSecret set, SecretValue value)
    {
        if (SecretWriter.WhyNot(value) is { } whyNot)
            throw new SecretRefusedException(SecretCodes.BadValue, whyNot, null);
        if (value.Reveal().Length > 0 || set.IsShortOnPurpose)
            return;

        // Most often the command on the other side of the pipe has failed.
        work.Confirm(["The value is empty."], "If that is meant, say it again with --short.");
        set.IsShortOnPurpose = true;
    }

    private static void Tell(SecretWork work, ChosenOwner owner, VariableName name, Done done, SecretValue value)
    {
        work.Say(string.Create(CultureInfo.InvariantCulture, $"{done.Sentence} It is version {done.Version} in {owner.Title}."));
        var stored = work.Folder.Vault.Find(owner.Key);
        if (stored?.Find(name.Text) is not { } variable)
            return;
        var kind = SecretShape.Guess(value.Reveal());
        if (KindText.Of(kind) is { Length: > 0 } words)
            work.Say($"By its shape it is: {words}. Where to rotate it: {SecretShape.WhereToRotate(kind)}");
        var forms = SecretForms.Of(value);
        work.Say(forms.IsCovered
            ? string.Create(CultureInfo.InvariantCulture, $"The gate catches it as it is and in {forms.Names.Length - 1} encodings, such as {string.Join(", ", forms.Names.Where(n => n is "base64" or "hex" or "percent-encoded" or "escaped for JSON").Take(4))}. A job that has it can still give it away: docs/masking.md.")
            : forms.Reason);
        work.Say(variable.Deadline is { } deadline
            ? string.Create(CultureInfo.InvariantCulture, $"Replace it by {deadline:yyyy-MM-dd}{(variable.Person.Length > 0 ? $"; {variable.Person} looks after it" : "")}.")
            : $"It has no deadline{(variable.Person.Length > 0 ? $"; {variable.Person} looks after it" : "")}.");
        work.Say($"Jobs get it: {RestrictionText.Of(stored)}.");
    }
}
