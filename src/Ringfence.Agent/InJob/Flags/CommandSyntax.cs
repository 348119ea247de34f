using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Ringfence.Agent.InJob.Flags;

/// <summary>
/// How a command is called: its words, arguments and flags. Reads calls as Go programs do: <c>--name value</c>, <c>--name=value</c>, the same with one dash,
/// flags before and after arguments, and <c>--</c> before arguments that begin with a dash.
/// </summary>
internal sealed record CommandSyntax(string Words, string Summary)
{
    private static readonly ImmutableArray<FlagDeclaration> Everywhere =
    [
        new("verbose", null, "say more about what is done") { Letter = 'v' },
        new("help", null, "show this help") { Letter = 'h' },
    ];

    /// <summary>The arguments as help shows them.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>How many arguments there may be.</summary>
    public int MostArguments { get; init; }

    /// <summary>The flags, besides those that every command has.</summary>
    public ImmutableArray<FlagDeclaration> Flags { get; init; } = [];

    /// <summary>Reads a call; says in one sentence what is wrong with it.</summary>
    public bool TryRead(ReadOnlySpan<string> call, [NotNullWhen(true)] out GivenFlags? given, [NotNullWhen(false)] out string? why)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var arguments = ImmutableArray.CreateBuilder<string>();
        (given, why) = (null, null);
        for (var i = 0; i < call.Length; i++)
        {
            if (call[i] == "--")
            {
                arguments.AddRange(call[(i + 1)..]);
                break;
            }

            if (call[i].Length < 2 || call[i][0] != '-')
            {
                arguments.Add(call[i]);
                continue;
            }

            why = ReadFlag(call, ref i, values);
            if (why is not null)
                return false;
        }

        if (arguments.Count > MostArguments && !values.ContainsKey("help"))
        {
            why = MostArguments == 0 ? "it takes no arguments" : $"it takes at most {MostArguments} argument{(MostArguments == 1 ? "" : "s")}";
            return false;
        }

        given = new GivenFlags(values.ToFrozenDictionary(StringComparer.Ordinal), arguments.ToImmutable());
        return true;
    }

    /// <summary>The text of <c>--help</c>.</summary>
    public string Help()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Summary}\n\nUsage:\n  circleci {Words} [flags]{(Arguments.Length == 0 ? "" : " " + Arguments)}\n\nFlags:\n");
        var flags = Flags.AddRange(Everywhere);
        var width = flags.Max(flag => flag.Shown.Length);
        foreach (var flag in flags)
            text.Append(CultureInfo.InvariantCulture, $"  {flag.Shown.PadRight(width)}  {flag.Meaning}\n");
        return text.ToString();
    }

    // Values never go into a message: they can be expanded secrets.
    private string? ReadFlag(ReadOnlySpan<string> call, ref int i, Dictionary<string, string> values)
    {
        var text = call[i].TrimStart('-');
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        var flag = Flags.AddRange(Everywhere).FirstOrDefault(f => f.Name == name || (name.Length == 1 && f.Letter == name[0]));
        if (flag is null)
            return $"there is no flag --{name}";

        if (flag.IsSwitch)
        {
            var value = equals < 0 ? "true" : text[(equals + 1)..];
            if (value is not ("true" or "false" or "1" or "0"))
                return $"--{flag.Name} is true or false";
            values[flag.Name] = value is "true" or "1" ? "true" : "false";
            return null;
        }

        if (equals < 0 && i + 1 == call.Length)
            return $"--{flag.Name} needs a value";
        values[flag.Name] = equals < 0 ? call[++i] : text[(equals + 1)..];
        return null;
    }
}
