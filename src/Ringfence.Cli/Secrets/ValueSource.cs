using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ringfence.Cli.Diagnostics;
using Ringfence.Primitives;

namespace Ringfence.Cli.Secrets;

/// <summary>Where the value of a secret comes from: a hidden prompt, standard input, a file descriptor or chance. Never the command line, which shells and other users can read.</summary>
internal sealed class ValueSource
{
    private const int UsualBytes = 32;
    private const int FewestBytes = 16;
    private const int MostBytes = 4096;

    /// <summary>How to give a value.</summary>
    public const string HowTo = "Type it when asked, pipe it in (… | ringfence secret set NAME), name a descriptor (--fd 3 3< FILE), or --generate one. If that was a real value, it is in the history of the shell now: rotate it.";

    private readonly Option<int?> _fd = new("--fd") { Description = "Read the value from this file descriptor.", HelpName = "N", CustomParser = static result => Number(result, "--fd", 0, 1 << 20) };

    private readonly Option<int?> _generate = new("--generate")
    {
        Description = $"Make a random value of so many bytes, {UsualBytes} when no number is given, written in URL-safe Base64. It is not shown.",
        HelpName = "BYTES",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = static result => result.Tokens.Count == 0 ? UsualBytes : Number(result, "--generate", FewestBytes, MostBytes),
    };

    // Takes whatever else stands on the line, so that it is refused here and not printed by the parser.
    private readonly Argument<string[]> _surplus = new("VALUE") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };

    private ValueSource()
    {
    }

    /// <summary>Adds the options to a command, after its own arguments.</summary>
    public static ValueSource AddTo(Command command)
    {
        var source = new ValueSource();
        command.Add(source._surplus);
        command.Add(source._fd);
        command.Add(source._generate);
        return source;
    }

    /// <summary>Refuses a value on the command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">The first argument, which MAY be <c>NAME=value</c>.</param>
    /// <exception cref="SecretRefusedException">There is one.</exception>
    public void Check(ParseResult parsed, string name)
    {
        if (parsed.GetValue(_surplus) is { Length: > 0 } || name.Contains('=', StringComparison.Ordinal))
            throw new SecretRefusedException(SecretCodes.ValueOnCommandLine, "The value of a secret does not belong on a command line: it ends up in the shell's history and in the list of processes.", HowTo);
        if (parsed.GetResult(_fd) is { Implicit: false } && parsed.GetResult(_generate) is { Implicit: false })
            throw new SecretRefusedException(InputCodes.BadArgument, "A value is read from a descriptor or made: give --fd or --generate, not both.", null);
    }

    /// <summary>Reads the value.</summary>
    /// <exception cref="SecretRefusedException">It cannot be read.</exception>
    public SecretValue Read(ParseResult parsed, string name, Surroundings surroundings)
    {
        if (parsed.GetResult(_generate) is { Implicit: false })
            return SecretInput.Generate(parsed.GetValue(_generate) ?? UsualBytes);
        if (parsed.GetValue(_fd) is { } fd)
            return SecretInput.ReadFile(string.Create(CultureInfo.InvariantCulture, $"/dev/fd/{fd}"))
                ?? throw new SecretRefusedException(SecretCodes.BadValue, $"File descriptor {fd} cannot be read, or holds far more than a value may have.", "Open it, as with 3< FILE.");
        if (surroundings.ReadKey is not null)
            return AskTwice(surroundings, $"Value of {name}", SecretCodes.BadValue);
        if (surroundings.IsInputTerminal)
            throw new SecretRefusedException(SecretCodes.BadValue, "The value cannot be asked for while the output goes elsewhere: it would be shown as it is typed.", "Pipe the value in, or leave the output at the terminal.");
        return SecretInput.Read(surroundings.In)
            ?? throw new SecretRefusedException(SecretCodes.BadValue, "Standard input holds far more than a value may have.", "Store the key that opens a large file, and the file elsewhere.");
    }

    /// <summary>Asks for a new secret twice and compares.</summary>
    /// <exception cref="SecretRefusedException">The two differ.</exception>
    public static SecretValue AskTwice(Surroundings surroundings, string what, DiagnosticCode code)
    {
        var value = SecretInput.Ask(surroundings, $"{what}: ")!;
        using var again = SecretInput.Ask(surroundings, $"{what}, again: ")!;
        if (value.FixedTimeEquals(again))
            return value;
        value.Dispose();
        throw new SecretRefusedException(code, "The two that were typed differ.", "Begin again; nothing was changed.");
    }

    /// <summary>Reads a number. It does not repeat what is none: that might be a value at the wrong place.</summary>
    internal static int? Number(ArgumentResult result, string name, int least, int most)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from {least} to {most}."));
        return null;
    }
}
