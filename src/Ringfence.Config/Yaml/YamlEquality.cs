namespace Ringfence.Config.Yaml;

/// <summary>Compares values of YAML documents.</summary>
public static class YamlEquality
{
    /// <summary>Whether two nodes hold the same data: kind and text of scalars, order of lists; the order of keys does not matter.</summary>
    public static bool SameData(YamlNode left, YamlNode right) => ReferenceEquals(left, right) || (left, right) switch
    {
        (YamlScalar a, YamlScalar b) => a.Kind == b.Kind && string.Equals(a.Text, b.Text, StringComparison.Ordinal),
        (YamlSequence a, YamlSequence b) => SameItems(a, b),
        (YamlMapping a, YamlMapping b) => SameEntries(a, b),
        _ => false,
    };

    private static bool SameItems(YamlSequence left, YamlSequence right)
    {
        if (left.Items.Length != right.Items.Length)
            return false;
        for (var i = 0; i < left.Items.Length; i++)
        {
            if (!SameData(left.Items[i], right.Items[i]))
                return false;
        }

        return true;
    }

    private static bool SameEntries(YamlMapping left, YamlMapping right)
    {
        if (left.Entries.Length != right.Entries.Length)
            return false;
        foreach (var entry in left.Entries)
        {
            if (right[entry.Name] is not { } other || !SameData(entry.Value, other))
                return false;
        }

        return true;
    }
}
