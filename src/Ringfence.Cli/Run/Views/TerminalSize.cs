using Ringfence.Cli.Output;

namespace Ringfence.Cli.Run.Views;

/// <summary>How many characters fit on a terminal.</summary>
/// <param name="Width">On a line.</param>
/// <param name="Height">Lines.</param>
internal readonly record struct TerminalSize(int Width, int Height)
{
    private const int UsualHeight = 24;
    private const int Least = 20;

    /// <summary>The size of this process's terminal now; people resize windows.</summary>
    public static TerminalSize OfThisProcess(OutputTraits traits)
    {
        try
        {
            var (width, height) = (Console.WindowWidth, Console.WindowHeight);
            return new TerminalSize(width >= Least ? width : traits.Width, height > 1 ? height : UsualHeight);
        }
        catch (IOException)
        {
            return new TerminalSize(traits.Width, UsualHeight);
        }
    }
}
