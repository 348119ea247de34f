using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation;

/// <summary>Reads the <c>parameters</c> of an element or of the pipeline and checks the declarations (CL-5.1 to CL-5.10).</summary>
internal static class ParameterReader
{
    private static readonly string[] Keys = ["type", "default", "description", "enum"];

    private static readonly ImmutableDictionary<string, ParameterType> Types = new Dictionary<string, ParameterType>
    {
        ["string"] = ParameterType.String,
        ["boolean"] = ParameterType.Boolean,
        ["integer"] = ParameterType.Integer,
        ["enum"] = ParameterType.Enum,
        ["executor"] = ParameterType.Executor,
        ["steps"] = ParameterType.Steps,
        ["env_var_name"] = ParameterType.EnvVarName,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>CL-5.5: the invocation keeps these for itself.</summary>
    private static readonly string[] ReservedForJobs = ["name", "requires", "context", "type", "filters", "matrix"];

    /// <summary>CL-5.5: these can be declared, but whoever refers to the element uses the keys for something else.</summary>
    private static readonly string[] OutOfReachForJobs = ["pre-steps", "post-steps", "serial-group", "override-with"];

    private static readonly string[] OutOfReachForExecutors = ["name"];

    /// <summary>The parameters that an element declares.</summary>
    public static ImmutableArray<ParameterDeclaration> Read(YamlMapping element, ElementKind kind, Session session)
    {
        var parameters = Read(element["parameters"], session, ParameterPlace.Of(kind));
        foreach (var parameter in parameters.Where(p => !IsName(p.Name)))
            session.Report(StructureCodes.BadName, parameter.Span, $"'{parameter.Name}' is not a name for a parameter", "Use letters, digits, '-' and '_', beginning with a letter.");
        MentionOutOfReach(parameters, kind, session);
        if (kind != ElementKind.Job)
            return parameters;

        foreach (var parameter in parameters.Where(p => ReservedForJobs.Contains(p.Name, StringComparer.Ordinal)))
        {
            session.Report(
                ReferenceCodes.BadParameter, parameter.Span,
                $"A job cannot declare a parameter named '{parameter.Name}'",
                $"Rename it; the reserved names are {string.Join(", ", ReservedForJobs)}.");
        }

        return parameters;
    }

    /// <summary>The parameters below a <c>parameters</c> key.</summary>
    public static ImmutableArray<ParameterDeclaration> Read(YamlNode? node, Session session, ParameterPlace place)
    {
        if (node is null or YamlScalar { IsNull: true })
            return [];
        if (node is not YamlMapping mapping)
        {
            session.Report(StructureCodes.WrongType, node.Span, $"[#/parameters] expected type: Mapping, found: {node.TypeName}", "Each parameter is a name with its 'type' below.");
            return [];
        }

        var found = ImmutableArray.CreateBuilder<ParameterDeclaration>(mapping.Entries.Length);
        foreach (var entry in mapping.Entries)
        {
            if (ReadOne(entry, session, place) is { } parameter)
                found.Add(parameter);
        }

        return found.ToImmutable();
    }

    private static void MentionOutOfReach(ImmutableArray<ParameterDeclaration> parameters, ElementKind kind, Session session)
    {
        string[] keys = kind switch
        {
            ElementKind.Job => OutOfReachForJobs,
            ElementKind.Executor => OutOfReachForExecutors,
            _ => [],
        };
        foreach (var parameter in parameters.Where(p => keys.Contains(p.Name, StringComparer.Ordinal)))
            session.Report(StructureCodes.Ignored, parameter.Span, $"No call can give a value to the parameter '{parameter.Name}'", "Rename it: the key means something else there.");
    }

    /// <summary>CL-4.1, but for letters of either case: recorded outputs have <c>PACKAGE_SPEC_ID</c>.</summary>
    private static bool IsName(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static ParameterDeclaration? ReadOne(YamlEntry entry, Session session, ParameterPlace place)
    {
        if (entry.Value is not YamlMapping body)
        {
            session.Report(
                ReferenceCodes.BadParameter, entry.Key.Span, $"Parameter '{entry.Name}': expected type: Mapping, found: {entry.Value.TypeName}",
                "Declare it as a map: 'type: string' below the name.");
            return null;
        }

        foreach (var key in body.Entries.Where(k => !Keys.Contains(k.Name, StringComparer.Ordinal)))
        {
            session.Report(
                StructureCodes.ExtraneousKey, key.Key.Span, $"[#/parameters/{entry.Name}] extraneous key [{key.Name}] is not permitted",
                Spelling.DidYouMean(key.Name, Keys, $"A parameter has the keys {string.Join(", ", Keys)}."));
        }

        if (ReadType(entry, body, session, place) is not { } type)
            return null;
        var members = ReadMembers(entry, body, type, session);
        var value = body["default"] is YamlScalar { IsNull: true } ? null : body["default"];
        var declaration = new ParameterDeclaration(entry.Name, type, value, members, entry.Key.Span);
        if (value is null && place.NeedsDefault)
            session.Report(ReferenceCodes.BadParameter, entry.Key.Span, $"[#/parameters/{entry.Name}] required key [default] not found", "A pipeline parameter always has a default (CL-5.2).");
        if (value is not null && !value.MayHoldTemplate)
            CheckDefault(declaration, value, session);
        return declaration;
    }

    private static ParameterType? ReadType(YamlEntry entry, YamlMapping body, Session session, ParameterPlace place)
    {
        if (body["type"] is not YamlScalar written || written.IsNull)
        {
            session.Report(ReferenceCodes.BadParameter, entry.Key.Span, $"[#/parameters/{entry.Name}] required key [type] not found", $"The types are {string.Join(", ", place.Types)}.");
            return null;
        }

        if (Types.TryGetValue(written.Text, out var type) && place.Types.Contains(written.Text, StringComparer.Ordinal))
            return type;

        session.Report(
            ReferenceCodes.BadParameter, written.Span, $"Parameter '{entry.Name}': unknown type '{written.Text}'",
            Spelling.DidYouMean(written.Text, place.Types, $"The types here are {string.Join(", ", place.Types)}."));
        return null;
    }

    private static ImmutableArray<YamlScalar> ReadMembers(YamlEntry entry, YamlMapping body, ParameterType type, Session session)
    {
        if (type != ParameterType.Enum)
        {
            if (body.KeyOf("enum") is { } key)
                session.Report(ReferenceCodes.BadParameter, key.Span, $"Parameter '{entry.Name}': 'enum' goes with 'type: enum' only", "Change the type, or remove the list.");
            return [];
        }

        if (body["enum"] is YamlSequence { Items.Length: > 0 } list && list.Items.All(i => i is YamlScalar { IsNull: false }))
            return [.. list.Items.Cast<YamlScalar>()];

        session.Report(ReferenceCodes.BadParameter, entry.Key.Span, $"Parameter '{entry.Name}': an enum needs a list of at least one value under 'enum'", "Write 'enum: [a, b]'.");
        return [];
    }

    private static void CheckDefault(ParameterDeclaration parameter, YamlNode value, Session session)
    {
        // An executor or a step can only be looked up where it is used.
        if (parameter.Type is ParameterType.Executor or ParameterType.Steps || (parameter.Type == ParameterType.Enum && parameter.Members.IsEmpty))
        {
            if (parameter.Type == ParameterType.Steps && value is not YamlSequence)
                ReportDefault(parameter, value, session);
            return;
        }

        if (ArgumentTypes.Accepts(parameter, value))
            return;
        if (parameter.Type == ParameterType.Enum)
        {
            session.Report(
                ReferenceCodes.DefaultType, value.Span,
                $"Default value {ArgumentTypes.Show(value)} is not in enum '{string.Join(", ", parameter.Members.Select(m => m.Text))}'",
                Spelling.DidYouMean((value as YamlScalar)?.Text ?? "", parameter.Members.Select(m => m.Text), "Choose one of the list."));
            return;
        }

        ReportDefault(parameter, value, session);
    }

    private static void ReportDefault(ParameterDeclaration parameter, YamlNode value, Session session) =>
        session.Report(
            ReferenceCodes.DefaultType, value.Span,
            $"Parameter error: default value of parameter '{parameter.Name}' is '{ArgumentTypes.Show(value)}' (type {ArgumentTypes.NameOf(value)}): expected type {ArgumentTypes.NameOf(parameter.Type)}",
            ArgumentTypes.HintFor(parameter, value));
}
