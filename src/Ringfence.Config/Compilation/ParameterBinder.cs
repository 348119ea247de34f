using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>Gives each parameter of an element its value: the argument of the call or the default (CL-5.2 to CL-5.19).</summary>
internal sealed class ParameterBinder(Expansion expansion)
{
    // Shared by all elements without parameters; nothing is ever added.
    private static readonly Dictionary<string, YamlNode> None = new(StringComparer.Ordinal);

    private readonly Session _session = expansion.Session;
    private CallSite? _inside;

    /// <summary>Binds the arguments of a call.</summary>
    /// <param name="element">What is called.</param>
    /// <param name="arguments">The arguments as written; reserved keys are left out already.</param>
    /// <param name="caller">Where the call stands.</param>
    /// <param name="at">The place of the call, for messages.</param>
    /// <returns>What names mean in the body of the element; null when an argument is wrong, which is reported.</returns>
    public Bindings? Bind(Element element, ImmutableArray<YamlEntry> arguments, CallSite caller, SourceSpan at)
    {
        var inside = Inside(element.Scope, caller.Bindings.Pipeline);
        RejectUnexpected(element, arguments);
        if (element.Parameters.IsEmpty)
            return inside.Bindings with { Parameters = None };

        var values = new Dictionary<string, YamlNode>(element.Parameters.Length, StringComparer.Ordinal);
        var isValid = true;
        List<string>? missing = null;
        foreach (var parameter in element.Parameters)
        {
            var (value, site) = Written(parameter, arguments, caller, Own(element, parameter, inside));
            if (value is null)
            {
                (missing ??= []).Add(parameter.Name);
                continue;
            }

            var bound = Resolve(parameter, value, site);

            // A default that is wrong is reported where it is declared; the body is still looked through.
            isValid &= bound is not null || ReferenceEquals(value, parameter.Default);
            values[parameter.Name] = bound ?? YamlScalar.Unknown(value.Span);
        }

        if (missing is not null)
        {
            _session.Report(
                ReferenceCodes.MissingArgument, at, $"Missing required argument(s): {string.Join(", ", missing)}",
                $"The {element.KindName} '{element.Name}' has no default for {(missing.Count == 1 ? "it" : "them")}.");
            return null;
        }

        return isValid ? inside.Bindings with { Parameters = values } : null;
    }

    /// <summary>Where defaults are read: it is the same for all elements of a scope, and most calls are of the same scope as the one before.</summary>
    private CallSite Inside(ElementScope scope, PipelineScope pipeline)
    {
        if (_inside is null || !ReferenceEquals(_inside.Scope, scope) || !ReferenceEquals(_inside.Bindings.Pipeline, pipeline))
            _inside = new CallSite(scope, new Bindings { Pipeline = pipeline, SeesPipelineParameters = !scope.IsOrb });
        return _inside;
    }

    // Steps that stand in a declaration as a default are the command's own.
    private static CallSite Own(Element element, ParameterDeclaration parameter, CallSite inside) =>
        parameter.Type is ParameterType.Steps && element.Kind is ElementKind.Command ? inside with { Command = element.FullName } : inside;

    /// <summary>What is too much is reported; the rest is still bound, so that problems of the body show in the same run.</summary>
    private void RejectUnexpected(Element element, ImmutableArray<YamlEntry> arguments)
    {
        foreach (var argument in arguments)
        {
            if (Declares(element, argument.Name))
                continue;

            var declared = element.Parameters.Select(p => p.Name).ToArray();
            _session.Report(
                ReferenceCodes.UnexpectedArgument, argument.Key.Span, $"Unexpected argument(s): {argument.Name}",
                Spelling.DidYouMean(argument.Name, declared, declared.Length == 0
                    ? $"The {element.KindName} '{element.Name}' takes no arguments."
                    : $"The {element.KindName} '{element.Name}' takes: {string.Join(", ", declared)}."));
        }
    }

    private static bool Declares(Element element, string name)
    {
        foreach (var parameter in element.Parameters)
        {
            if (string.Equals(parameter.Name, name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>The argument or the default, with the place where its names mean something.</summary>
    private static (YamlNode? Value, CallSite Site) Written(ParameterDeclaration parameter, ImmutableArray<YamlEntry> arguments, CallSite caller, CallSite own)
    {
        foreach (var argument in arguments)
        {
            // A key without a value is as good as none (CL-5.21).
            if (string.Equals(argument.Name, parameter.Name, StringComparison.Ordinal) && argument.Value is not YamlScalar { IsNull: true })
                return (argument.Value, caller);
        }

        return (parameter.Default, own);
    }

    private YamlNode? Resolve(ParameterDeclaration parameter, YamlNode written, CallSite site)
    {
        if (parameter.Type == ParameterType.Steps)
            return ResolveSteps(parameter, written, site);

        var value = expansion.Substitution.Apply(written, site.Bindings);
        if (parameter.Type == ParameterType.Executor)
            return ResolveExecutor(parameter, written, value, site);

        if (value is BoundExecutor executor && parameter.Type is ParameterType.String or ParameterType.Enum)
            value = executor.Name;

        // A pipeline value that is not set is passed on as it is (CL-6.7).
        if (value is YamlScalar { IsNull: true } && written.MayHoldTemplate)
            return value;
        return ArgumentTypes.Accepts(parameter, value) ? value : Refuse(parameter, value, written);
    }

    private BoundSteps? ResolveSteps(ParameterDeclaration parameter, YamlNode written, CallSite site)
    {
        if (written is YamlScalar { MayHoldTemplate: true } scalar && expansion.Substitution.Apply(scalar, site.Bindings) is BoundSteps passedOn)
            return passedOn;
        if (written is not YamlSequence sequence)
        {
            Refuse(parameter, written, written);
            return null;
        }

        var steps = new List<YamlNode>();
        expansion.Steps.Expand(sequence, site, steps);
        return new BoundSteps(written.Span, [.. steps]);
    }

    private BoundExecutor? ResolveExecutor(ParameterDeclaration parameter, YamlNode written, YamlNode value, CallSite site)
    {
        var bound = value as BoundExecutor ?? new BoundExecutor(value.Span, value, site.Scope);
        if (!ArgumentTypes.Accepts(parameter, bound.Reference) || bound.Name.IsNull)
        {
            Refuse(parameter, value, value);
            return null;
        }

        // Only what a caller gives is looked up: CircleCI takes a default that names no executor, as long as nothing uses it.
        var isGiven = !ReferenceEquals(written, parameter.Default);
        return isGiven && expansion.Executors.Find(bound.Name, bound.Scope) is { IsReportedAlready: false, Element: null } ? null : bound;
    }

    private YamlNode? Refuse(ParameterDeclaration parameter, YamlNode value, YamlNode written)
    {
        // A default is checked where it is declared, unless only its use shows what it is.
        if (ReferenceEquals(written, parameter.Default) && !written.MayHoldTemplate && parameter.Type != ParameterType.Executor)
            return null;
        _session.Report(
            ReferenceCodes.ArgumentType, written.Span,
            $"Type error for argument {parameter.Name}: expected type: {ArgumentTypes.NameOf(parameter.Type)}, actual value: \"{ArgumentTypes.Show(value)}\" (type {ArgumentTypes.NameOf(value)})",
            ArgumentTypes.HintFor(parameter, value));
        return null;
    }
}
