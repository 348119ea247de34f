namespace Ringfence.Fuzz.Mutation;

/// <summary>Makes an input smaller while it still shows the same thing: halves, quarters … of its lines, then of its characters.</summary>
internal static class Minimizer
{
    /// <param name="input">What shows it.</param>
    /// <param name="stillShows">Whether a smaller input shows it too.</param>
    /// <param name="mostTries">How often to ask.</param>
    public static string Minimize(string input, Func<string, bool> stillShows, int mostTries)
    {
        var lines = Reduce([.. input.Split('\n')], candidate => stillShows(string.Join('\n', candidate)), ref mostTries);
        var text = string.Join('\n', lines);
        return string.Concat(Reduce([.. text.Select(c => c.ToString())], candidate => stillShows(string.Concat(candidate)), ref mostTries));
    }

    private static List<string> Reduce(List<string> pieces, Func<List<string>, bool> stillShows, ref int tries)
    {
        for (var size = Math.Max(1, pieces.Count / 2); ; size /= 2)
        {
            var hasChanged = false;
            for (var start = 0; start < pieces.Count && tries > 0;)
            {
                tries--;
                List<string> candidate = [.. pieces.Take(start), .. pieces.Skip(start + size)];
                if (stillShows(candidate))
                    (pieces, hasChanged) = (candidate, true);
                else
                    start += size;
            }

            if (tries <= 0 || (size == 1 && !hasChanged))
                return pieces;
            size = hasChanged ? Math.Min(size * 2, Math.Max(2, pieces.Count)) : Math.Max(size, 2);
        }
    }
}
