using System.CommandLine;

namespace Ringfence.Cli.Commands;

/// <summary>The option <c>--format</c>.</summary>
internal static class FormatOption
{
    /// <summary>An option that takes one of these words; the first is the default.</summary>
    public static Option<string> Of(params string[] formats)
    {
        var option = new Option<string>("--format")
        {
            Description = "The form of the output.",
            HelpName = string.Join('|', formats),
            DefaultValueFactory = _ => formats[0],
        };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }
}
