using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests;

/// <summary>What came of a config that a test compiled, with the questions that tests ask of it.</summary>
internal sealed class Compiled(string source, CompilationResult result)
{
    public CompilationResult Result => result;

    /// <summary>The pipeline; fails the test when the config is refused.</summary>
    public CompiledPipeline Pipeline
    {
        get
        {
            Assert.True(result.IsValid, Shown);
            return result.Pipeline!;
        }
    }

    /// <summary>The compiled document.</summary>
    public Part Document => new(CompiledDocument.ToYaml(Pipeline));

    /// <summary>The compiled document as text.</summary>
    public string Yaml => Ringfence.Config.Yaml.YamlWriter.Write(CompiledDocument.ToYaml(Pipeline));

    /// <summary>The compiled document as JSON.</summary>
    public string Json => Document.Json;

    public ImmutableArray<Diagnostic> Diagnostics => result.Diagnostics;

    public ImmutableArray<Diagnostic> Errors => Of(DiagnosticSeverity.Error);

    public ImmutableArray<Diagnostic> Warnings => Of(DiagnosticSeverity.Warning);

    /// <summary>The names of the compiled jobs in order, with blanks between.</summary>
    public string JobNames => string.Join(' ', Pipeline.Jobs.Select(j => j.Name));

    /// <summary>The names of the workflows that run, with blanks between.</summary>
    public string WorkflowNames => string.Join(' ', Pipeline.Workflows.Select(w => w.Name));

    /// <summary>A job of the compiled document.</summary>
    public Part Job(string name) => Document["jobs"][name];

    /// <summary>The steps of a job of the compiled document.</summary>
    public Part Steps(string job) => Job(job)["steps"];

    /// <summary>A workflow of the compiled document.</summary>
    public Part Workflow(string name) => Document["workflows"][name];

    /// <summary>The names by which a workflow calls its jobs, with blanks between.</summary>
    public string JobsOf(string workflow) => string.Join(' ', Running(workflow).Jobs.Select(j => j.Name));

    /// <summary>One invocation of a workflow.</summary>
    public CompiledInvocation Invocation(string workflow, string job) => Assert.Single(Running(workflow).Jobs, j => j.Name == job);

    /// <summary>The message of the first problem of a code; fails the test when there is none.</summary>
    public string MessageOf(string code) => Find(code).Message;

    /// <summary>The hint of the first problem of a code.</summary>
    public string? HintOf(string code) => Find(code).Hint;

    /// <summary>Asserts that the config is refused, with such a problem at such a place among others.</summary>
    public Compiled ShouldFail(string code, string messagePart, int line, int column, string? hintPart = null)
    {
        Assert.False(result.IsValid, "The config was accepted");
        return ShouldSay(DiagnosticSeverity.Error, code, messagePart, line, column, hintPart);
    }

    /// <summary>Asserts that the config is refused for one reason alone.</summary>
    public Compiled ShouldFailOnly(string code, string messagePart, int line, int column, string? hintPart = null)
    {
        ShouldFail(code, messagePart, line, column, hintPart);
        Assert.True(Errors.Length == 1, Shown);
        return this;
    }

    /// <summary>Asserts that the config is accepted, with such a warning or hint.</summary>
    public Compiled ShouldMention(string code, string messagePart, int line, int column, string? hintPart = null)
    {
        Assert.True(result.IsValid, Shown);
        return ShouldSay(null, code, messagePart, line, column, hintPart);
    }

    /// <summary>Asserts that the config is accepted and that nothing is said about it, hints included.</summary>
    public Compiled ShouldBeClean()
    {
        Assert.True(result.IsValid && Diagnostics.IsEmpty, Shown);
        return this;
    }

    private Compiled ShouldSay(DiagnosticSeverity? severity, string code, string messagePart, int line, int column, string? hintPart)
    {
        var place = new LinePosition(line, column);
        var found = Diagnostics.Any(d => d.Code.Id == code && (severity is null || d.Severity == severity)
            && d.Message.Contains(messagePart, StringComparison.Ordinal) && d.Span.IsKnown && d.Span.Position == place
            && (hintPart is null || d.Hint?.Contains(hintPart, StringComparison.Ordinal) == true));
        Assert.True(found, $"Nothing says {code} '{messagePart}' at {line}:{column}" + (hintPart is null ? "" : $" with the hint '{hintPart}'") + $".\n{Shown}");
        return this;
    }

    private Diagnostic Find(string code) => Diagnostics.FirstOrDefault(d => d.Code.Id == code) ?? throw new Xunit.Sdk.XunitException($"There is no {code}.\n{Shown}");

    private CompiledWorkflow Running(string workflow) => Assert.Single(Pipeline.Workflows, w => w.Name == workflow);

    private ImmutableArray<Diagnostic> Of(DiagnosticSeverity severity) => [.. Diagnostics.Where(d => d.Severity == severity)];

    private string Shown => string.Join('\n', Diagnostics.Select(d => d.Hint is null ? $"{d}" : $"{d} · hint: {d.Hint}").Append(source));
}
