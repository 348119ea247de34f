using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Schema;

/// <summary>The checks that every known structure shares: which keys it has and what type a value is (CL-1.13, CL-2.10).</summary>
internal static class Shape
{
    /// <summary>Reports keys that are not known and keys that are missing; true when there are none.</summary>
    /// <param name="mapping">The structure.</param>
    /// <param name="path">Where it is, such as <c>#/jobs/build</c>.</param>
    /// <param name="permitted">The keys that are known there.</param>
    /// <param name="required">The keys that must be there.</param>
    /// <param name="session">Takes the reports.</param>
    public static bool CheckKeys(YamlMapping mapping, string path, string[] permitted, string[] required, Session session)
    {
        var isValid = true;
        foreach (var entry in mapping.Entries)
        {
            if (!session.IsStrict || permitted.AsSpan().Contains(entry.Name))
                continue;
            isValid = false;
            session.Report(
                StructureCodes.ExtraneousKey, entry.Key.Span, $"[{path}] extraneous key [{entry.Name}] is not permitted",
                Spelling.DidYouMean(entry.Name, permitted, $"Permitted keys: {string.Join(", ", permitted)}."));
        }

        return RequireKeys(mapping, path, required, session) && isValid;
    }

    /// <summary>
    /// Mentions keys that mean nothing, in structures where CircleCI's compiler lets them pass: built-in steps (recorded output 002, and
    /// configs in use that give <c>run</c> a <c>condition</c>), filters, inline orbs.
    /// </summary>
    public static void MentionUnknownKeys(YamlMapping mapping, string path, ReadOnlySpan<string> known, Session session)
    {
        if (!session.IsStrict)
            return;
        foreach (var entry in mapping.Entries)
        {
            if (known.Contains(entry.Name))
                continue;
            session.Report(
                StructureCodes.UnknownKey, entry.Key.Span, $"[{path}] extraneous key [{entry.Name}] is ignored",
                Spelling.DidYouMean(entry.Name, known.ToArray(), $"Known keys: {string.Join(", ", known.ToArray())}."));
        }
    }

    /// <summary>Reports keys that are missing; true when there are none.</summary>
    public static bool RequireKeys(YamlMapping mapping, string path, ReadOnlySpan<string> required, Session session)
    {
        var isValid = true;
        foreach (var key in required)
        {
            if (mapping.Has(key))
                continue;
            isValid = false;
            session.Report(StructureCodes.MissingKey, Start(mapping), $"[{path}] required key [{key}] not found", $"Add '{key}:' here.");
        }

        return isValid;
    }

    /// <summary>Whether a value has one of the types, or may come to have it once its template is filled in.</summary>
    public static bool Expect(YamlNode? node, ShapeTypes types, string path, Session session)
    {
        if (node is null || node is YamlScalar { MayHoldTemplate: true } || types.HasFlag(TypeOf(node)))
            return true;

        session.Report(
            StructureCodes.WrongType, node.Span, $"[{path}] expected type: {Name(types)}, found: {node.TypeName}",
            node is YamlScalar { IsNull: true } ? "There is no value here; is the line below indented?" : null);
        return false;
    }

    /// <summary>The same for a key of a step, whose path is only put together for a message: steps are checked by the thousand.</summary>
    public static void Expect(YamlMapping step, string key, ShapeTypes types, string name, Session session)
    {
        if (step[key] is { } node && node is not YamlScalar { MayHoldTemplate: true } && (types & TypeOf(node)) == 0)
            Expect(node, types, $"{name}/{key}", session);
    }

    private static ShapeTypes TypeOf(YamlNode node) => node switch
    {
        YamlMapping => ShapeTypes.Mapping,
        YamlSequence => ShapeTypes.Sequence,
        YamlScalar { Kind: ScalarKind.Null } => ShapeTypes.Null,
        YamlScalar { Kind: ScalarKind.Boolean } => ShapeTypes.Boolean,
        YamlScalar { Kind: ScalarKind.Integer } => ShapeTypes.Integer,
        YamlScalar { Kind: ScalarKind.Float } => ShapeTypes.Float,
        _ => ShapeTypes.String,
    };

    private static string Name(ShapeTypes types)
    {
        // Numbers are taken where a text is asked for; people should not be told to write them.
        types &= ~ShapeTypes.Null;
        if (types.HasFlag(ShapeTypes.String))
            types &= ~(ShapeTypes.Integer | ShapeTypes.Float | ShapeTypes.Boolean);
        return types.ToString().Replace(", ", " or ", StringComparison.Ordinal);
    }

    /// <summary>The first key of a map: the whole map would be too much to underline.</summary>
    private static Primitives.SourceSpan Start(YamlMapping mapping) =>
        mapping.Entries.IsEmpty ? mapping.Span : mapping.Entries[0].Key.Span;
}
