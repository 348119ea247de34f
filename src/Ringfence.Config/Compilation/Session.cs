using Ringfence.Config.Diagnostics;
using Ringfence.Config.Expressions;
using Ringfence.Config.Templates;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>One run of the compiler: what it was asked, what it has found wrong, and the calls it is inside of.</summary>
internal sealed class Session(CompileRequest request)
{
    private readonly DiagnosticBag _bag = new(request.Limits.Diagnostics);
    private readonly List<CallFrame> _frames = [];
    private int _steps;
    private long _characters;

    public CompileRequest Request { get; } = request;

    public Limits Limits => Request.Limits;

    public DiagnosticBag Diagnostics => _bag;

    /// <summary>Whether keys that are not known are refused: in 2.1, not in 2 and 2.0 (CL-1.11, CL-1.13).</summary>
    public bool IsStrict { get; set; } = true;

    /// <summary>Set when a limit stops the work; what follows would only repeat the message.</summary>
    public bool IsOver { get; private set; }

    public void Enter(string kind, string name, SourceSpan span) => _frames.Add(new CallFrame(kind, name, span));

    public void Leave() => _frames.RemoveAt(_frames.Count - 1);

    public void Report(DiagnosticCode code, SourceSpan span, string message, string? hint = null) =>
        _bag.Add(new Diagnostic(code, span, message, hint) { Calls = [.. _frames] });

    /// <summary>Reports a problem after which going on makes no sense, once.</summary>
    public void Stop(DiagnosticCode code, SourceSpan span, string message, string hint)
    {
        if (!IsOver)
            Report(code, span, message, hint);
        IsOver = true;
    }

    /// <summary>Counts one step of the result against the limits.</summary>
    public void CountStep(SourceSpan span, int characters)
    {
        _characters += characters;
        if (++_steps > Limits.Steps)
            Stop(StructureCodes.TooMany, span, $"The jobs have more than {Limits.Steps:N0} steps together", "Commands that call commands multiply; check what this one calls.");
        if (_characters > Limits.CompiledCharacters)
            Stop(StructureCodes.TooLarge, span, "A compiled config YAML must be at most 8MB", "Move long scripts into files of the repository.");
    }

    /// <summary>A name that means nothing where it stands.</summary>
    public void ReportUnknown(string name, SourceSpan at, Bindings bindings)
    {
        var near = Spelling.Nearest(name, bindings.Names());
        if (name.StartsWith("parameters.", StringComparison.Ordinal))
        {
            var hint = bindings.Parameters is null
                ? "'parameters.*' is known inside of a job, command or executor only; pipeline parameters are 'pipeline.parameters.*'."
                : near is null ? "Declare it under 'parameters:' of the element." : $"Did you mean '{near}'?";
            Report(TemplateCodes.UndeclaredParameter, at, $"Arguments referenced without declared parameters: {name}", hint);
            return;
        }

        Report(TemplateCodes.UnknownVariable, at, $"Unknown variable(s): {name}", UnknownHint(name, near, bindings));
    }

    /// <summary>The value of an expression, or null after reporting why there is none.</summary>
    public ExpressionValue? Evaluate(Expression expression, Bindings bindings, SourceSpan at) => Evaluate(expression, bindings, () => at);

    /// <summary>The same where the place costs time to work out.</summary>
    public ExpressionValue? Evaluate(Expression expression, Bindings bindings, Func<SourceSpan> place)
    {
        var result = ExpressionEvaluator.Evaluate(expression, bindings.TryFind);
        if (result.Error is not { } error)
            return result.Value;

        if (error.Kind == ExpressionErrorKind.UnknownVariable)
            ReportUnknown(error.Lexeme, place(), bindings);
        else
            Report(TemplateCodes.NoValue, place(), error.Message, error.Hint);
        return null;
    }

    private static string? UnknownHint(string name, string? near, Bindings bindings)
    {
        if (name.StartsWith("pipeline.parameters.", StringComparison.Ordinal) && !bindings.SeesPipelineParameters)
            return "An orb cannot read pipeline parameters; give the value to it as an argument.";
        if (Values.PipelineValueRegistry.All.ContainsKey(name))
            return "This kind of event does not have it: test 'pipeline.event.name' first, with 'and'.";
        if (name.StartsWith("matrix.", StringComparison.Ordinal) && bindings.Matrix is null)
            return "'matrix.*' is known beside its own 'matrix:' only.";
        if (near is not null)
            return $"Did you mean '{near}'?";
        return name.Contains('.', StringComparison.Ordinal) ? null : "Write '\\<<' if the text means two angle brackets.";
    }
}
