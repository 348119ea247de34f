using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence config process</c> (CL-23.1a).</summary>
internal static class ProcessCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("process", "Print the compiled config: every orb, command, parameter and matrix written out.")
        {
            Notes = "Without a server the pipeline values are made up as CircleCI's command line does: number 1, zero ids, git facts from\nthe working copy of the config.",
            Examples =
            [
                "ringfence config process",
                "ringfence config process .circleci/config.yml --pipeline-parameters parameters.yml --tag v1.0.0",
                "ringfence config process --event pull_request.json --format json",
            ],
        };
        var options = CompileOptions.AddTo(command);
        var format = FormatOption.Of("yaml", "json");
        command.Add(format);
        command.SetAction(async (parsed, cancel) =>
        {
            var config = await new ConfigCompilation(surroundings).Run(options.Read(parsed, surroundings), cancel);
            config.ReportProblems(surroundings);
            if (config.Pipeline is not { } pipeline)
                return (int)ExitCode.InvalidInput;

            surroundings.Out.Write(parsed.GetValue(format) is "json" ? Json(pipeline) : Yaml(pipeline));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string Yaml(CompiledPipeline pipeline)
    {
        var text = new StringBuilder();
        foreach (var orb in pipeline.Orbs)
            text.Append("# Orb '").Append(orb.Written).Append("' resolved to '").Append(orb.Resolved).Append("'\n");
        return text.Append(YamlWriter.Write(CompiledDocument.ToYaml(pipeline))).ToString();
    }

    private static string Json(CompiledPipeline pipeline)
    {
        using var buffer = new MemoryStream();
        var looks = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, looks))
            YamlJson.Write(CompiledDocument.ToYaml(pipeline), writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)) + "\n";
    }
}
