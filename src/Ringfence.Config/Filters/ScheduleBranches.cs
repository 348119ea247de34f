using System.Collections.Immutable;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Filters;

/// <summary>Decides whether a branch gets the schedules of a workflow (CL-16.10, CL-16.12).</summary>
internal static class ScheduleBranches
{
    /// <summary>Whether any schedule of <paramref name="triggers"/> is for the branch.</summary>
    public static FilterOutcome Decide(YamlSequence triggers, string branch)
    {
        var last = FilterOutcome.No("its triggers hold no schedule");
        foreach (var trigger in triggers.Items.OfType<YamlMapping>())
        {
            if (trigger["schedule"] is not YamlMapping { } schedule || (schedule["filters"] as YamlMapping)?["branches"] is not YamlMapping branches)
                continue;

            last = PatternFilter.DecideNames(new NamePatterns(Patterns(branches["only"]), Patterns(branches["ignore"])), "branch", branch);
            if (last.Passes)
                return last;
        }

        return last;
    }

    // The compiler has refused patterns that are not valid, so leaving them out here hides nothing.
    private static ImmutableArray<NamePattern>? Patterns(YamlNode? node) => node switch
    {
        YamlScalar one => [.. Parsed([one])],
        YamlSequence many => [.. Parsed(many.Items.OfType<YamlScalar>())],
        _ => null,
    };

    private static IEnumerable<NamePattern> Parsed(IEnumerable<YamlScalar> items) =>
        items.Select(i => NamePattern.Parse(i.Text, out _)).OfType<NamePattern>();
}
