using Ringfence.Config.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ringfence.Config.Tests.Recorded;

/// <summary>
/// Reads recorded output of CircleCI's tools. Not with our reader: some recorded files hold a job twice, left by a git merge, and whoever
/// used them got the last one.
/// </summary>
internal static class RecordedYaml
{
    /// <summary>A scalar as <see cref="string"/> (null for null), a list as <see cref="List{T}"/>, a map as <see cref="Dictionary{TKey,TValue}"/>.</summary>
    public static object? Read(string text)
    {
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return ReadNode(parser);
    }

    /// <summary>The first difference between what was recorded and what we made, or null. The order of keys does not matter; scalars are compared as text.</summary>
    public static string? Difference(object? recorded, YamlNode made, string path, Func<string, string, bool> ignores)
    {
        switch (recorded, made)
        {
            case (Dictionary<string, object?> map, YamlMapping mapping):
                foreach (var (key, value) in map)
                {
                    if (ignores(path, key))
                        continue;
                    if (mapping[key] is not { } other)
                        return $"{path}/{key} is missing";
                    if (Difference(value, other, $"{path}/{key}", ignores) is { } difference)
                        return difference;
                }

                return mapping.Entries.FirstOrDefault(e => !map.ContainsKey(e.Name)) is { Key: not null } extra && !ignores(path, extra.Name)
                    ? $"{path}/{extra.Name} is too much"
                    : null;
            case (List<object?> list, YamlSequence sequence):
                if (list.Count != sequence.Items.Length)
                    return $"{path} has {sequence.Items.Length} items, not {list.Count}";
                return list.Select((item, i) => Difference(item, sequence.Items[i], $"{path}[{i}]", ignores)).FirstOrDefault(d => d is not null);
            case (null, YamlScalar { IsNull: true }):
                return null;
            case (string text, YamlScalar { IsNull: false } scalar):
                return text == scalar.Text ? null : $"{path} is '{scalar.Text}', not '{text}'".ReplaceLineEndings("\\n");
            default:
                return $"{path} is a {made.TypeName}";
        }
    }

    private static object? ReadNode(Parser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            if (scalar.Style != YamlDotNet.Core.ScalarStyle.Plain)
                return scalar.Value;
            var (kind, text) = ScalarResolution.Resolve(scalar.Value);
            return kind == ScalarKind.Null ? null : text;
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new List<object?>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                list.Add(ReadNode(parser));
            return list;
        }

        parser.Consume<MappingStart>();
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>().Value;
            map[key] = ReadNode(parser);
        }

        return map;
    }
}
