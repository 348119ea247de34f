using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ringfence.Cli.Output;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Commands.SshKeys;

/// <summary><c>ringfence ssh-key list</c>.</summary>
internal static class SshKeyListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("list", "Print the SSH keys of a project: fingerprints, host, age, last release. Never a private half.")
        {
            Examples = ["ringfence ssh-key list", "ringfence ssh-key list --project gh/acme/app --format json"],
        };
        var project = SshKeyCommands.ProjectOption();
        var format = FormatOption.Of("text", "json");
        command.Add(project);
        command.Add(format);
        command.SetAction((parsed, _) => SecretWork.DoAsync(surroundings, work =>
        {
            Write(work.Project(parsed.GetValue(project)), parsed.GetValue(format) is "json", work);
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    private static void Write(ChosenOwner project, bool asJson, SecretWork work)
    {
        var stored = work.ReadStored();
        var keys = stored.Owners.FirstOrDefault(o => o.Key == project.Key)?.SshKeys ?? [];
        if (asJson)
        {
            work.Surroundings.Out.Write(JsonSerializer.Serialize([.. keys.Select(k => JsonSshKey.Of(k, LastRelease(k, project, stored)))], CliJson.Readable.IReadOnlyListJsonSshKey) + "\n");
            return;
        }

        if (keys.IsEmpty)
        {
            work.Say($"{project.Title} has no SSH keys: 'ringfence ssh-key add' stores one.");
            return;
        }

        var table = new StyledTable("SHA256", "MD5", "TYPE", "HOST", "AGE", "LAST RELEASED") { Numbers = [4] };
        foreach (var key in keys)
            table.Add([.. ((string[])[key.Sha256, key.Md5, TypeOf(key), key.Host.Length > 0 ? key.Host : "every host", AgeText.Of(work.Now - key.CreatedAt), Shown(LastRelease(key, project, stored), work.Now)]).Select(DisplayText.Escape)]);
        StyledTextWriter.Write(table.Draw(), work.Surroundings.Out, work.Surroundings.OutTraits);
    }

    private static string TypeOf(VaultSshKey key) => key.PublicKey.Split(' ')[0];

    private static LedgerEntry? LastRelease(VaultSshKey key, ChosenOwner project, StoredSecrets stored) =>
        stored.Ledger.Entries.LastOrDefault(e => e.Kind == LedgerKind.Grant && e.Variables.Any(v => v.Name == key.Name && v.Owner == project.Key));

    private static string Shown(LedgerEntry? release, DateTimeOffset now) => release is { Job: { } job }
        ? string.Create(CultureInfo.InvariantCulture, $"{AgeText.Of(now - release.At)} ago to {job.Name} #{job.Pipeline}")
        : "never";
}
