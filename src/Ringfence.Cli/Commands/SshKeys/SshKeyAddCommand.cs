using System.CommandLine;
using System.Globalization;
using Google.Protobuf;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Ssh;

namespace Ringfence.Cli.Commands.SshKeys;

/// <summary><c>ringfence ssh-key add</c>.</summary>
internal sealed class SshKeyAddCommand
{
    private const string HowTo = "Pipe it in (ringfence ssh-key add --host HOST < KEY), name a descriptor (--fd 3 3< KEY), paste it when asked, or let the keep make one (--generate).";

    private readonly Option<string?> _host = new("--host") { Description = "The only host that ssh offers the key to.", HelpName = "NAME" };
    private readonly Option<bool> _everyHost = new("--every-host") { Description = "Offer the key to each host that a job speaks to." };
    private readonly Option<bool> _generate = new("--generate") { Description = "Have the keep make an Ed25519 key. Its private half is never shown, and only stored sealed." };
    private readonly Option<int?> _fd = new("--fd") { Description = "Read the private key from this file descriptor.", HelpName = "N", CustomParser = static result => ValueSource.Number(result, "--fd", 0, 1 << 20) };
    private readonly Option<string?> _project = SshKeyCommands.ProjectOption();

    // Takes whatever else stands on the line, so that a key is refused here and not printed by the parser.
    private readonly Argument<string[]> _surplus = new("KEY") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("add", "Store a private SSH key of a project, sealed to the keep, or have the keep make one.")
        {
            Examples =
            [
                "ringfence ssh-key add --host deploy.example.com --generate",
                "ringfence ssh-key add --host git.example.com < ~/.ssh/deploy",
                "ringfence ssh-key add --every-host --fd 3 3< ~/.ssh/deploy --project gh/acme/app",
            ],
            Notes = "The public half is printed: put it where the key is to open something. The step add_ssh_keys installs the keys whose\n"
                + "fingerprints it names, or all of the project. Keys with a passphrase, DSA keys and short RSA keys are refused.",
        };
        var made = new SshKeyAddCommand();
        command.Add(made._surplus);
        foreach (var option in (Option[])[made._host, made._everyHost, made._generate, made._fd, made._project])
            command.Add(option);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, work => made.RunAsync(work, parsed, cancel)));
        return command;
    }

    private async Task<ExitCode> RunAsync(SecretWork work, ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_surplus) is { Length: > 0 })
            throw new SecretRefusedException(SecretCodes.ValueOnCommandLine, "Neither a private key nor its file belongs on the command line: what stands there ends up in the shell's history and in the list of processes.", HowTo);
        var (host, everyHost) = (parsed.GetValue(_host) ?? "", parsed.GetValue(_everyHost));
        if (host.Length > 0 == everyHost)
            throw new SecretRefusedException(InputCodes.BadArgument, "A key is for one host or for every host.", "Give --host NAME, or --every-host if each host that a job speaks to may see that it has the key.");
        if (parsed.GetValue(_generate) && parsed.GetValue(_fd) is not null)
            throw new SecretRefusedException(InputCodes.BadArgument, "A key is read from a descriptor or made: give --fd or --generate, not both.", null);

        var owner = work.Project(parsed.GetValue(_project));
        var add = new AddSshKey { Owner = owner.ToMessage(), Host = host, IsForEveryHost = everyHost };
        using var given = parsed.GetValue(_generate) ? null : await SecretInput.WaitAsync(() => Read(parsed, work), cancel);
        await work.Keep.EnsureAsync(cancel);
        await using var keep = await work.Keep.OpenAsync(cancel);
        if (given is { Fingerprints: { } fingerprints, Text: { } text })
        {
            add.Sha256 = fingerprints.Sha256;
            add.Sealed = ByteString.CopyFrom(keep.Client.PublicKey.Seal(text, VaultSshKey.PlaceOf(owner.Organization, owner.Key, fingerprints.Sha256)));
        }

        var done = await work.AskAsync(keep.Client, new KeepRequest { AddSshKey = add }, null, "", cancel);
        Tell(work, owner, done);
        return ExitCode.Success;
    }

    private static void Tell(SecretWork work, ChosenOwner owner, Done done)
    {
        work.Say($"{done.Sentence} Jobs of {owner.Title} may install it.");
        if (work.Folder.Vault.Find(owner.Key)?.SshKeys.FirstOrDefault(k => k.Sha256 == done.Id) is not { } key)
            return;
        work.Say($"MD5     {key.Md5}");
        work.Say($"SHA256  {key.Sha256["SHA256:".Length..]}");
        work.Say($"In a config: - add_ssh_keys: {{fingerprints: [\"{key.Sha256}\"]}}");
        work.Say("The public half, for the other side:");
        work.Surroundings.Out.Write($"{key.PublicKey} ringfence {owner.Name}\n");
    }

    // Here too, so that what is wrong is said before there is a keep, and nothing else is sent to it.
    private GivenKey Read(ParseResult parsed, SecretWork work)
    {
        using var text = ReadText(parsed, work.Surroundings);
        return SshKeyText.TryRead(text, out var open, out var tidy, out var whyNot)
            ? new GivenKey(open.Fingerprints, tidy)
            : throw new SecretRefusedException(SecretCodes.BadValue, whyNot, null);
    }

    private SecretValue ReadText(ParseResult parsed, Surroundings surroundings)
    {
        if (parsed.GetValue(_fd) is { } fd)
            return SecretInput.ReadFile(string.Create(CultureInfo.InvariantCulture, $"/dev/fd/{fd}"))
                ?? throw new SecretRefusedException(SecretCodes.BadValue, $"File descriptor {fd} cannot be read, or holds more than a private key.", "Open it, as with 3< FILE.");
        if (SecretInput.AskKey(surroundings, "Paste the private key; it is not shown: ") is { } pasted)
            return pasted;
        if (surroundings.IsInputTerminal)
            throw new SecretRefusedException(SecretCodes.BadValue, "The key cannot be asked for while the output goes elsewhere: it would be shown as it is pasted.", HowTo);
        return SecretInput.Read(surroundings.In) ?? throw new SecretRefusedException(SecretCodes.BadValue, "Standard input holds more than a private key.", HowTo);
    }

    private sealed record GivenKey(SshFingerprints Fingerprints, SecretValue Text) : IDisposable
    {
        public void Dispose() => Text.Dispose();
    }
}
