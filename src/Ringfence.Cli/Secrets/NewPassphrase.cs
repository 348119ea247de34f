using System.CommandLine;
using System.Globalization;
using Ringfence.Cli.Diagnostics;
using Ringfence.Primitives;

namespace Ringfence.Cli.Secrets;

/// <summary>The options by which a new passphrase comes in: a hidden prompt, a file descriptor, or a word for none.</summary>
internal sealed class NewPassphrase
{
    private const int Shortest = 8;

    private readonly Option<int?> _fd = new("--new-passphrase-fd")
    {
        Description = "Read the new passphrase from this file descriptor.",
        HelpName = "N",
        CustomParser = static result => ValueSource.Number(result, "--new-passphrase-fd", 0, 1 << 20),
    };

    private readonly Option<bool> _none = new("--no-passphrase") { Description = "None: only the mode of the file guards the keys." };

    private NewPassphrase()
    {
    }

    /// <summary>Adds the options to a command.</summary>
    public static NewPassphrase AddTo(Command command)
    {
        var options = new NewPassphrase();
        command.Add(options._fd);
        command.Add(options._none);
        command.Validators.Add(result =>
        {
            if (result.GetResult(options._fd) is { Implicit: false } && result.GetValue(options._none))
                result.AddError("Give --new-passphrase-fd or --no-passphrase, not both.");
        });
        return options;
    }

    /// <summary>The passphrase; null when the user wants none.</summary>
    /// <exception cref="SecretRefusedException">There is none to be had, or it is too short.</exception>
    public SecretValue? Read(ParseResult parsed, string what, Surroundings surroundings)
    {
        if (parsed.GetValue(_none))
            return null;
        var passphrase = parsed.GetValue(_fd) is { } fd
            ? SecretInput.ReadFile(string.Create(CultureInfo.InvariantCulture, $"/dev/fd/{fd}"))
                ?? throw new SecretRefusedException(SecretCodes.NoKeys, $"File descriptor {fd} cannot be read.", "Open it, as with 4< FILE.")
            : surroundings.ReadKey is not null
                ? ValueSource.AskTwice(surroundings, what, SecretCodes.NoKeys)
                : throw new SecretRefusedException(SecretCodes.NoKeys, "There is no terminal to ask for a passphrase.", "Give it with --new-passphrase-fd, or say --no-passphrase.");
        if (passphrase.Reveal().Length >= Shortest)
            return passphrase;
        passphrase.Dispose();
        throw new SecretRefusedException(SecretCodes.NoKeys, $"A passphrase of fewer than {Shortest} bytes is guessed in no time.", "Take several words.");
    }
}
