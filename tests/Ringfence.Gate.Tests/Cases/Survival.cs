namespace Ringfence.Gate.Tests.Cases;

/// <summary>Says how much of something survived masking: it leaked if more than a third of it stands in one piece.</summary>
internal static class Survival
{
    public static bool Leaks(string output, string shown) => LongestPiece(output, shown) * 3 > shown.Length;

    private static int LongestPiece(string output, string shown)
    {
        var lengths = new int[output.Length + 1];
        var longest = 0;
        foreach (var sign in shown)
        {
            for (var i = output.Length; i > 0; i--)
                longest = Math.Max(longest, lengths[i] = output[i - 1] == sign ? lengths[i - 1] + 1 : 0);
        }

        return longest;
    }
}
