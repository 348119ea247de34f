using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>Turns a <c>matrix</c> into its combinations (CL-18).</summary>
internal sealed class MatrixExpander(Expansion expansion)
{
    private readonly Session _session = expansion.Session;

    /// <summary>The combinations in order; null when the matrix is not valid, which is reported.</summary>
    public ImmutableArray<MatrixMember>? Expand(YamlNode node, CallSite site)
    {
        if (node is not YamlMapping matrix)
        {
            Report(node.Span, $"[matrix] expected type: Mapping, found: {node.TypeName}", "Write 'parameters:' below 'matrix:'.");
            return null;
        }

        Schema.Shape.CheckKeys(matrix, "matrix", ["parameters", "exclude", "alias"], ["parameters"], _session);
        if (matrix["parameters"] is not { } written)
            return null;
        if (expansion.Substitution.Apply(written, site.Bindings) is not YamlMapping { Entries.Length: > 0 } parameters)
        {
            Report(written.Span, "The parameters of a matrix are a map of lists", "Write 'name: [a, b]' below 'parameters:'.");
            return null;
        }

        return Lists(parameters, written) is { } lists ? Combine(lists, Excluded(matrix["exclude"], lists, site), written.Span) : null;
    }

    private List<(string Name, ImmutableArray<YamlNode> Values)>? Lists(YamlMapping parameters, YamlNode written)
    {
        var lists = new List<(string, ImmutableArray<YamlNode>)>();
        long size = 1;
        foreach (var entry in parameters.Entries)
        {
            if (entry.Value is not YamlSequence values)
            {
                // CL-18.9: lists only.
                Report(entry.Value.Span, $"[matrix/parameters/{entry.Name}] expected type: Sequence, found: {entry.Value.TypeName}", "Write the values as a list: '[a, b]'.");
                return null;
            }

            lists.Add((entry.Name, values.Items));
            size = Math.Min(size * values.Items.Length, int.MaxValue);
        }

        if (size <= _session.Limits.MatrixJobs)
            return lists;
        _session.Report(
            WorkflowCodes.MatrixTooLarge, written.Span, $"The matrix makes {size:N0} jobs; at most {_session.Limits.MatrixJobs:N0} are allowed",
            "Use fewer values, or several matrices.");
        return null;
    }

    private List<YamlMapping> Excluded(YamlNode? node, List<(string Name, ImmutableArray<YamlNode> Values)> lists, CallSite site)
    {
        var excluded = new List<YamlMapping>();
        if (node is null or YamlScalar { IsNull: true })
            return excluded;
        if (expansion.Substitution.Apply(node, site.Bindings) is not YamlSequence list)
        {
            Report(node.Span, "'exclude' is a list of maps", "Write '- {a: 1, b: 2}' for each combination to leave out.");
            return excluded;
        }

        foreach (var item in list.Items)
        {
            if (item is YamlMapping combination && combination.Entries.Length == lists.Count && lists.TrueForAll(l => combination.Has(l.Name)))
                excluded.Add(combination);
            else
                Report(item.Span, "An item of 'exclude' gives a value for every parameter of the matrix", $"The parameters are {string.Join(", ", lists.Select(l => l.Name))}.");
        }

        return excluded;
    }

    private static ImmutableArray<MatrixMember> Combine(
        List<(string Name, ImmutableArray<YamlNode> Values)> lists, List<YamlMapping> excluded, SourceSpan at)
    {
        var members = ImmutableArray.CreateBuilder<MatrixMember>();
        var arguments = MatrixMember.ArgumentsFor(lists.Select(l => l.Name), at);
        var indices = new int[lists.Count];
        if (lists.Exists(l => l.Values.IsEmpty))
            return [];

        while (true)
        {
            var values = new Dictionary<string, YamlNode>(lists.Count, StringComparer.Ordinal);
            for (var i = 0; i < lists.Count; i++)
                values[lists[i].Name] = lists[i].Values[indices[i]];
            if (!IsExcluded(values, excluded))
                members.Add(new MatrixMember(values, arguments));

            var place = lists.Count - 1;
            while (place >= 0 && ++indices[place] == lists[place].Values.Length)
                indices[place--] = 0;
            if (place < 0)
                return members.ToImmutable();
        }
    }

    private static bool IsExcluded(Dictionary<string, YamlNode> values, List<YamlMapping> excluded)
    {
        foreach (var combination in excluded)
        {
            var isSame = true;
            foreach (var entry in combination.Entries)
                isSame = isSame && YamlEquality.SameData(entry.Value, values[entry.Name]);
            if (isSame)
                return true;
        }

        return false;
    }

    private void Report(SourceSpan span, string message, string hint) => _session.Report(WorkflowCodes.BadMatrix, span, message, hint);
}
