namespace Ringfence.Cli.Output;

/// <summary>What the receiver of an output can show.</summary>
/// <param name="Colour">Whether it understands colours and the user wants them.</param>
/// <param name="Unicode">Whether it shows more than ASCII.</param>
/// <param name="Width">How many characters fit on a line.</param>
internal readonly record struct OutputTraits(bool Colour, bool Unicode, int Width)
{
    private const int UsualWidth = 100;

    /// <summary>The first that is set decides, as POSIX says.</summary>
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>A file or another program: no colours, UTF-8.</summary>
    public static OutputTraits Plain { get; } = new(false, true, UsualWidth);

    /// <summary>The traits of an output of this process (https://no-color.org).</summary>
    public static OutputTraits Of(bool isTerminal, IReadOnlyDictionary<string, string> environment)
    {
        if (!isTerminal)
            return Plain;

        var colour = Variable("NO_COLOR").Length == 0 && Variable("TERM") is not ("dumb" or "");
        return new OutputTraits(colour, NamesUtf8(Locale()), TerminalWidth());

        string Variable(string name) => environment.GetValueOrDefault(name) ?? "";

        string Locale() => LocaleVariables.Select(Variable).FirstOrDefault(v => v.Length > 0) ?? "";
    }

    private static bool NamesUtf8(string locale) =>
        locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase);

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 20 and var width ? width : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
