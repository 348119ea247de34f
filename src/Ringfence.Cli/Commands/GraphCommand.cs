using System.CommandLine;
using System.Text;
using System.Text.Json;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Graph;
using Ringfence.Cli.Output;
using Ringfence.Config.Compilation;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence config graph</c>: draws what runs after what, and says why the rest does not run.</summary>
internal static class GraphCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("graph", "Draw the workflows of a config, and say of each job that does not run why not.")
        {
            Examples =
            [
                "ringfence config graph",
                "ringfence config graph --tag v1.0.0 --workflow release",
                "ringfence config graph --format svg --output workflows.svg",
            ],
        };
        var options = CompileOptions.AddTo(command);
        var format = FormatOption.Of("text", "mermaid", "svg", "json");
        var workflow = new Option<string?>("--workflow") { Description = "Draw this workflow only.", HelpName = "NAME" };
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file instead of stdout.", HelpName = "FILE" };
        command.Add(format);
        command.Add(workflow);
        command.Add(output);
        command.SetAction(async (parsed, cancel) =>
        {
            var config = await new ConfigCompilation(surroundings).Run(options.Read(parsed, surroundings), cancel);
            config.ReportProblems(surroundings);
            if (config.Pipeline is not { } pipeline)
                return (int)ExitCode.InvalidInput;
            if (parsed.GetValue(workflow) is { } name && !IsKnown(pipeline, name, surroundings))
                return (int)ExitCode.InvalidInput;

            var graph = PipelineGraph.Of(pipeline, config.Values, parsed.GetValue(workflow));
            return (int)Write(graph, parsed.GetRequiredValue(format), parsed.GetValue(output), surroundings);
        });
        return command;
    }

    private static ExitCode Write(PipelineGraph graph, string format, string? file, Surroundings surroundings)
    {
        if (file is null && format is "text")
        {
            StyledTextWriter.Write(TextGraph.Draw(graph, surroundings.OutTraits), surroundings.Out, surroundings.OutTraits);
            return ExitCode.Success;
        }

        var text = format switch
        {
            "mermaid" => MermaidGraph.Write(graph),
            "svg" => SvgGraph.Write(graph),
            "json" => JsonSerializer.Serialize(JsonGraph.Of(graph), CliJson.Readable.JsonGraph) + "\n",
            _ => TextGraph.Draw(graph, OutputTraits.Plain).ToString(),
        };
        if (file is not null)
            return OutputFile.TryWrite(file, Encoding.UTF8.GetBytes(text), surroundings) ? ExitCode.Success : ExitCode.CannotWrite;

        surroundings.Out.Write(text);
        return ExitCode.Success;
    }

    private static bool IsKnown(CompiledPipeline pipeline, string name, Surroundings surroundings)
    {
        var names = pipeline.Workflows.Select(w => w.Name).Concat(pipeline.Skipped.Select(s => s.Name)).ToArray();
        if (names.Contains(name, StringComparer.Ordinal))
            return true;

        DiagnosticReport.Write(
            [new Diagnostic(InputCodes.BadArgument, SourceSpan.None, $"The config has no workflow '{name}'.", $"It has: {string.Join(", ", names)}.")],
            surroundings);
        return false;
    }
}
