using System.CommandLine;
using System.Text.Json;
using Ringfence.Cli.Output;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Ledgers;

namespace Ringfence.Cli.Commands.Ledgers;

/// <summary><c>ringfence ledger blast-radius</c>: who could read a secret, and what something could read (INC-17, INC-27).</summary>
internal sealed class BlastRadiusCommand
{
    private readonly Option<string?> _secret = new("--secret") { Description = "Which jobs, commits, images, orbs and steps could read this secret.", HelpName = "NAME" };
    private readonly Option<string?> _context = new("--context") { Description = "With --secret: only that of this context. Alone: every secret of it.", HelpName = "NAME" };
    private readonly Option<string?> _image = new("--image") { Description = "Which secrets jobs with this image could read: exact, or without tag for all.", HelpName = "IMAGE" };
    private readonly Option<string?> _orb = new("--orb") { Description = "Which secrets jobs with this orb could read: exact, or without version for all.", HelpName = "ORB" };
    private readonly Option<string?> _commit = new("--commit") { Description = "Which secrets jobs of this commit could read; its beginning is enough.", HelpName = "COMMIT" };
    private readonly Option<string?> _job = new("--job") { Description = "Which secrets jobs of this name could read.", HelpName = "NAME" };
    private readonly Option<string> _format = FormatOption.Of("text", "json");
    private readonly Option<DateTimeOffset?> _since;

    private BlastRadiusCommand(DocumentedCommand command, TimeProvider clock)
    {
        _since = TimeOption.Since(clock, "Only releases from this time on.");
        Option[] filters = [_secret, _context, _image, _orb, _commit, _job];
        foreach (var option in (Option[])[.. filters, _since, _format])
            command.Add(option);
        command.Validators.Add(result =>
        {
            var given = filters.Where(filter => result.GetResult(filter) is { Implicit: false }).ToList();
            if (given.Count == 0)
                result.AddError("Say what it is about: --secret, --context, --image, --orb, --commit or --job.");
            if (given.Any(filter => result.GetValue((Option<string?>)filter) is ""))
                result.AddError("An empty name would mean everything.");
        });
    }

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("blast-radius", "Say who could read a secret, or which secrets an image, an orb, a commit or a job could read.")
        {
            Examples =
            [
                "ringfence ledger blast-radius --secret NPM_TOKEN --since 30d",
                "ringfence ledger blast-radius --orb acme/deploy@1.2.3 --since 2026-11-01",
                "ringfence ledger blast-radius --image cimg/node --format json",
            ],
            Notes = "The same value under other names counts as the secret. Several options have to hold together. It tells what could be read,\nnot what was: a job that got a secret counts even if no step used it.",
        };
        var made = new BlastRadiusCommand(command, surroundings.Clock);
        command.SetAction((parsed, _) => SecretWork.DoAsync(surroundings, work => Task.FromResult(made.Run(work, parsed))));
        return command;
    }

    private ExitCode Run(SecretWork work, ParseResult parsed)
    {
        var query = new BlastQuery
        {
            Secret = parsed.GetValue(_secret),
            Context = parsed.GetValue(_context),
            Image = parsed.GetValue(_image),
            Orb = parsed.GetValue(_orb),
            Commit = parsed.GetValue(_commit),
            Job = parsed.GetValue(_job),
            Since = parsed.GetValue(_since) ?? default,
        };
        var stored = work.ReadStored();
        var releases = BlastRadius.Find(stored.Ledger.Entries, query);
        var surroundings = work.Surroundings;
        if (parsed.GetValue(_format) is "json")
            surroundings.Out.Write(JsonSerializer.Serialize([.. releases.Select(r => JsonRelease.Of(r, ReleasedState.Of(stored, r.Variable)))], CliJson.Readable.IReadOnlyListJsonRelease) + "\n");
        else if (releases.IsEmpty)
            work.Say("By the ledger, nothing of that was released to any job.");
        else
            StyledTextWriter.Write(query.Secret is null ? BlastText.OfSecrets(releases, stored, work.Now) : BlastText.OfJobs(releases), surroundings.Out, surroundings.OutTraits);
        return ExitCode.Success;
    }
}
