namespace Ringfence.Config.Yaml;

/// <summary>Compares values of YAML documents.</summary>
public static class YamlEquality
{
    /// <summary>Whether two nodes hold the same data: kind and text of scalars, order of lists; the order of keys does not matter.</summary>
    public static bool SameData(YamlNode left, YamlNode right) => Same(left, right, SameKindAndText);

    /// <summary>The same, but <c>1</c> and <c>"1"</c> are alike: what was compared by eye or by tools that see text only is held to no more than that.</summary>
    internal static bool SameText(YamlNode left, YamlNode right) =>
        Same(left, right, (a, b) => a.IsNull == b.IsNull && string.Equals(a.Text, b.Text, StringComparison.Ordinal));

    private static bool SameKindAndText(YamlScalar left, YamlScalar right) =>
        left.Kind == right.Kind && string.Equals(left.Text, right.Text, StringComparison.Ordinal);

    private static bool Same(YamlNode left, YamlNode right, Func<YamlScalar, YamlScalar, bool> areAlike) => ReferenceEquals(left, right) || (left, right) switch
    {
        (YamlScalar a, YamlScalar b) => areAlike(a, b),
        (YamlSequence a, YamlSequence b) => SameItems(a, b, areAlike),
        (YamlMapping a, YamlMapping b) => SameEntries(a, b, areAlike),
        _ => false,
    };

    private static bool SameItems(YamlSequence left, YamlSequence right, Func<YamlScalar, YamlScalar, bool> areAlike)
    {
        if (left.Items.Length != right.Items.Length)
            return false;
        for (var i = 0; i < left.Items.Length; i++)
        {
            if (!Same(left.Items[i], right.Items[i], areAlike))
                return false;
        }

        return true;
    }

    private static bool SameEntries(YamlMapping left, YamlMapping right, Func<YamlScalar, YamlScalar, bool> areAlike)
    {
        if (left.Entries.Length != right.Entries.Length)
            return false;
        foreach (var entry in left.Entries)
        {
            if (right[entry.Name] is not { } other || !Same(entry.Value, other, areAlike))
                return false;
        }

        return true;
    }
}
