using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Ringfence.Access.Inventory;
using Ringfence.Access.Names;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Input;
using Ringfence.Cli.Secrets;
using Ringfence.Cli.Secrets.Import;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Secrets;

/// <summary><c>ringfence secret import</c>: takes the secrets of a file in, and says what it took and what not.</summary>
internal sealed class SecretImportCommand
{
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly Surroundings _surroundings;
    private readonly Argument<string> _file = new("FILE") { Description = "The file, or - for standard input." };
    private readonly Option<bool> _replace = new("--replace") { Description = "Give secrets that are there already the values of the file." };
    private readonly Option<bool> _guarded = new("--allow-guarded-name") { Description = "Also take names that change how programs behave, such as PATH. That is recorded." };
    private readonly Option<bool> _short = new("--short") { Description = "Also take values that are too short to be masked everywhere, or empty." };
    private readonly Option<string?> _person = new("--person") { Description = "Who looks after them.", HelpName = "NAME" };
    private readonly Option<DateTimeOffset?> _deadline;
    private readonly OwnerOptions _owner;

    private SecretImportCommand(DocumentedCommand command, Surroundings surroundings)
    {
        _surroundings = surroundings;
        _deadline = TimeOption.Deadline(surroundings.Clock);
        command.Add(_file);
        _owner = OwnerOptions.AddTo(command);
        foreach (var option in (Option[])[_replace, _person, _deadline, _guarded, _short])
            command.Add(option);
    }

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("import", "Store the secrets of a file: .env, or JSON as a map or a list of names and values.")
        {
            Examples =
            [
                "ringfence secret import .env --context release",
                "vault kv get -format=json -field=data secret/app | ringfence secret import - --person ann",
            ],
            Notes = "Quoted values may span lines. Nothing is expanded: a dollar is a dollar. What cannot be taken is named with its line,\nthe rest is stored. Delete the file afterwards.",
        };
        var made = new SecretImportCommand(command, surroundings);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, work => made.RunAsync(work, parsed, cancel)));
        return command;
    }

    private async Task<ExitCode> RunAsync(SecretWork work, ParseResult parsed, CancellationToken cancel)
    {
        var path = parsed.GetRequiredValue(_file);
        var owner = _owner.Choose(parsed, work);
        using var file = await SecretInput.WaitAsync(() => Read(path), cancel);
        var refused = file.Problems.Select(p => (p.Line, Text: $"this line {p.WhyNot}")).ToList();
        var wanted = Choose(file, owner.Stored, parsed, refused);
        var taken = 0;
        if (wanted.Count > 0)
        {
            await work.Keep.EnsureAsync(cancel);
            await using var keep = await work.Keep.OpenAsync(cancel);
            taken = await StoreAsync(work, keep.Client, owner, wanted, parsed, refused, cancel);
        }

        DiagnosticReport.Write(refused.OrderBy(r => r.Line).Select(r => new Diagnostic(SecretCodes.NotImported, SourceSpan.None, string.Create(CultureInfo.InvariantCulture, $"{path}:{r.Line}: {r.Text}."))), _surroundings);
        work.Say(string.Create(CultureInfo.InvariantCulture, $"{taken} {(taken == 1 ? "secret" : "secrets")} stored in {owner.Title}, {refused.Count} not."));
        if (path is not InputReader.StandardInput && taken > 0)
            work.Say($"Now delete {path}: its values stand there in the clear. If it was ever committed or shared, rotate them.");
        return refused.Count == 0 ? ExitCode.Success : ExitCode.InvalidInput;
    }

    private ImportedFile Read(string path)
    {
        if (path is not InputReader.StandardInput && Directory.Exists(_surroundings.FullPath(path)))
            throw new SecretRefusedException(InputCodes.Unreadable, $"{path} is a folder.", "Name a file in it.");
        var bytes = GC.AllocateUninitializedArray<byte>(MostBytes + 1, pinned: true);
        try
        {
            using var stream = path is InputReader.StandardInput
                ? _surroundings.In
                : new FileStream(_surroundings.FullPath(path), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, BufferSize = 0 });
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= MostBytes
                ? ImportedFile.Read(bytes.AsSpan(0, length))
                : throw new SecretRefusedException(InputCodes.TooLarge, $"{path} has more than 4 MiB.", "Is it the right one? Secrets are short: store the key that opens a large file, and the file elsewhere.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SecretRefusedException(InputCodes.Missing, $"There is no file {path}.", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretRefusedException(InputCodes.Unreadable, $"{path} cannot be read.", null);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The secrets that may be stored; of several with one name the last, as in a shell.</summary>
    private List<ImportedSecret> Choose(ImportedFile file, VaultOwner? stored, ParseResult parsed, List<(int Line, string Text)> refused)
    {
        var last = file.Secrets.GroupBy(s => s.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Line, StringComparer.Ordinal);
        var wanted = new List<ImportedSecret>();
        foreach (var secret in file.Secrets)
        {
            var whyNot = WhyNot(secret, stored, parsed);
            if (whyNot is null && last[secret.Name] != secret.Line)
                whyNot = string.Create(CultureInfo.InvariantCulture, $"{secret.Name} stands in line {last[secret.Name]} again, which counts");
            if (whyNot is null)
                wanted.Add(secret);
            else
                refused.Add((secret.Line, whyNot));
        }

        return wanted;
    }

    private string? WhyNot(ImportedSecret secret, VaultOwner? stored, ParseResult parsed)
    {
        // What no variable can be called is not repeated: it might be a value at the wrong place.
        if (!VariableName.TryParse(secret.Name, out var name, out var badName))
            return badName.TrimEnd('.');
        if (secret.Value is not { } value)
            return $"{name} has no value in this file";
        if (SecretWriter.WhyNot(value) is { } badValue)
            return $"{name}: {badValue.TrimEnd('.')}";
        if (value.Reveal().Length == 0 && !parsed.GetValue(_short))
            return $"the value of {name} is empty; --short takes it";
        if (name.IsGuarded && !parsed.GetValue(_guarded))
            return $"{name} changes how programs behave; --allow-guarded-name takes it";
        return stored?.Find(name.Text) is not null && !parsed.GetValue(_replace) ? $"{name} is there already; --replace gives it the value of the file" : null;
    }

    private async Task<int> StoreAsync(SecretWork work, KeepClient client, ChosenOwner owner, List<ImportedSecret> wanted, ParseResult parsed, List<(int Line, string Text)> refused, CancellationToken cancel)
    {
        var taken = 0;
        foreach (var secret in wanted)
        {
            var set = new SetSecret
            {
                Name = secret.Name,
                Person = parsed.GetValue(_person) ?? "",
                Deadline = TimeOption.ToMessage(parsed.GetValue(_deadline)),
                AllowsGuarded = parsed.GetValue(_guarded) && VariableName.TryParse(secret.Name, out var name, out _) && name.IsGuarded,
                IsShortOnPurpose = parsed.GetValue(_short),
            };
            try
            {
                await new SecretWriter(work, client, owner).WriteAsync(set, secret.Value!, mayAsk: false, cancel);
                var kind = KindText.Of(SecretShape.Guess(secret.Value!.Reveal()));
                work.Say(string.Create(CultureInfo.InvariantCulture, $"{secret.Name} of line {secret.Line} was stored{(kind.Length > 0 ? $" ({kind})" : "")}."));
                taken++;
            }
            catch (SecretRefusedException e) when (e.Exit == ExitCode.InvalidInput)
            {
                refused.Add((secret.Line, $"{secret.Name}: {e.Diagnostic.Message.TrimEnd('.')}{(e.Diagnostic.Code == SecretCodes.NotConfirmed ? "; --short takes it" : "")}"));
            }
        }

        return taken;
    }
}
