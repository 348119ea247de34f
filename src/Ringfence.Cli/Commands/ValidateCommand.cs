using System.CommandLine;
using System.Text.Json;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Output;
using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence config validate</c> (CL-23.1).</summary>
internal static class ValidateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("validate", "Say whether a config is valid, and what is wrong with it.")
        {
            Examples =
            [
                "ringfence config validate",
                "ringfence config validate --pipeline-parameters '{deploy: true}' --branch main",
                "git show HEAD:.circleci/config.yml | ringfence config validate - --format json",
            ],
        };
        var options = CompileOptions.AddTo(command);
        var format = FormatOption.Of("text", "json");
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        command.Add(format);
        command.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            var config = await new ConfigCompilation(surroundings).Run(options.Read(parsed, surroundings), cancel);
            var exit = parsed.GetValue(json) || parsed.GetValue(format) is "json" ? WriteJson(config, surroundings) : WriteText(config, surroundings);
            return (int)exit;
        });
        return command;
    }

    private static ExitCode WriteText(CompiledConfig config, Surroundings surroundings)
    {
        config.Report(surroundings);
        if (!config.IsValid)
            return ExitCode.InvalidInput;

        surroundings.Out.Write($"Config file at \"{DisplayText.Escape(config.Path)}\" is valid.\n");
        return ExitCode.Success;
    }

    private static ExitCode WriteJson(CompiledConfig config, Surroundings surroundings)
    {
        var verdict = new JsonVerdict(
            config.IsValid,
            config.Pipeline is { } pipeline ? YamlWriter.Write(CompiledDocument.ToYaml(pipeline)) : null,
            JsonDiagnostic.Of(config.Diagnostics, errors: true),
            JsonDiagnostic.Of(config.Diagnostics, errors: false));
        surroundings.Out.Write(JsonSerializer.Serialize(verdict, CliJson.Readable.JsonVerdict) + "\n");
        return config.IsValid ? ExitCode.Success : ExitCode.InvalidInput;
    }
}
