namespace Ringfence.Config.Yaml;

/// <summary>Compares a line that fits nowhere with the lines above it, and says which of them it was probably meant to stand beside.</summary>
internal static class PlacementHints
{
    public static string? For(SyntaxProblem problem, OutlineLine line)
    {
        var above = OutlineLine.Above(problem.Source, line.Number);
        if (above.Count == 0)
            return null;

        return AfterBlock(line, above[^1])
            ?? WithoutColon(problem, line, above[^1])
            ?? BelowValue(line, above[^1])
            ?? AtSamePlace(line, above)
            ?? BetweenPlaces(line, above);
    }

    private static string? AfterBlock(OutlineLine line, OutlineLine last)
    {
        if (!last.OpensBlock)
            return null;
        if (line.Indent <= last.KeyColumn && !line.HasKey && !line.IsItem)
            return $"The text of '{last.Key}' (line {last.Number}) must be indented further than '{last.Key}': by {Spaces(last.KeyColumn + 2)}.";
        return null;
    }

    private static string? WithoutColon(SyntaxProblem problem, OutlineLine line, OutlineLine last)
    {
        if (problem.IsMissingColon)
            return "This line is neither 'key: value' nor '- item'. If it continues the text above, indent it further; otherwise give it a key such as 'command:'.";
        if (!problem.IsUnexpectedValue || last.HasKey)
            return null;
        return last.IsItem && line.Indent > last.Indent
            ? $"'{last.Content}' in line {last.Number} is complete, so no keys can stand below it. End it with ':'."
            : $"Line {last.Number} is neither 'key: value' nor '- item'; a ':' is missing there.";
    }

    private static string? BelowValue(OutlineLine line, OutlineLine last)
    {
        if (!last.HasKey || last.Value.Length == 0 || last.OpensBlock || line.Indent <= last.KeyColumn || last.Value[0] == '&')
            return null;
        return $"'{last.Key}' in line {last.Number} has a value already, so nothing can stand below it. "
            + (line.IsItem ? "Is a line such as 'steps:' missing between them?" : $"Indent this line as far as '{last.Key}', or put a key between them.");
    }

    /// <summary>A list item among keys, or a key among list items.</summary>
    private static string? AtSamePlace(OutlineLine line, List<OutlineLine> above)
    {
        var beside = Enclosing(above).FirstOrDefault(l => l.Indent == line.Indent);
        if (beside is null || beside.IsItem == line.IsItem)
            return null;
        if (!line.IsItem)
            return $"Line {beside.Number} is a list item, and this key stands at the same place. Indent it by {Spaces(beside.Indent + 4)} to belong to the item, or by fewer to follow the list.";

        var item = above.SkipWhile(l => l.Number <= beside.Number).FirstOrDefault();
        return item is { IsItem: true } && beside.Value.Length == 0
            ? $"The items of '{beside.Key}' are indented by {Spaces(item.Indent)} (line {item.Number}), this one by {line.Indent}; indent it alike."
            : $"'{beside.Key}' in line {beside.Number} is a key, and this list item stands at the same place; a map and a list cannot be mixed.";
    }

    private static string? BetweenPlaces(OutlineLine line, List<OutlineLine> above)
    {
        var last = above[^1];
        if (last.OpensBlock && line.Indent > last.KeyColumn)
            return $"The text that begins below line {last.Number} is indented further than this line, so it ends here. Indent this line like the text, or by {Spaces(last.KeyColumn)} to stand beside '{last.Key}'.";

        var nearest = Enclosing(above)
            .Where(l => line.IsItem ? l.IsItem : l.HasKey)
            .MinBy(l => (Math.Abs(Column(l) - line.Indent), -Column(l)));
        if (nearest is null || Column(nearest) == line.Indent)
            return null;
        return $"This line is indented by {Spaces(line.Indent)}, but '{(line.IsItem ? nearest.Content : nearest.Key)}' in line {nearest.Number} by {Column(nearest)}. Indent both alike if they belong together.";

        int Column(OutlineLine l) => line.IsItem ? l.Indent : l.KeyColumn;
    }

    private static string Spaces(int count) => count == 1 ? "1 space" : $"{count} spaces";

    /// <summary>From the last line upwards, the lines that are indented less than all below them.</summary>
    private static IEnumerable<OutlineLine> Enclosing(List<OutlineLine> above)
    {
        var least = int.MaxValue;
        for (var i = above.Count - 1; i >= 0 && least > 0; i--)
        {
            if (above[i].Indent >= least)
                continue;
            least = above[i].Indent;
            yield return above[i];
        }
    }
}
