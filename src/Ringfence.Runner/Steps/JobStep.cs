using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;

namespace Ringfence.Runner.Steps;

/// <summary>One step of a compiled job.</summary>
/// <param name="Kind">The name of the built-in step.</param>
/// <param name="Name">What a person knows it by (EX-7.1, EX-7.2).</param>
/// <param name="When">In which state of the job it runs.</param>
/// <param name="Body">Its keys; null for a step that is only named.</param>
internal sealed record JobStep(string Kind, string Name, StepWhen When, YamlMapping? Body)
{
    /// <summary>Its place in the config's list of steps, from 0.</summary>
    public int Position { get; private init; }

    /// <summary>The steps of a job, in order.</summary>
    public static ImmutableArray<JobStep> Of(CompiledJob job) => [.. (job.Steps?.Items ?? []).Select((node, position) => Read(node) is { } step ? step with { Position = position } : null).OfType<JobStep>()];

    /// <summary>The text of a key; null when it is not there.</summary>
    public string? Text(string key) => Body?[key] is YamlScalar { IsNull: false } scalar ? scalar.Text : null;

    /// <summary>Whether a key is there and true.</summary>
    public bool IsTrue(string key) => Text(key) is "true";

    /// <summary>The number of a key, or 0.</summary>
    public int Number(string key) => int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The texts of a key that holds one text or several.</summary>
    public ImmutableArray<string> Texts(string key) => Body?[key] switch
    {
        YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)],
        YamlScalar { IsNull: false } one => [one.Text],
        _ => [],
    };

    /// <summary>The variables of the step (CL-6.6), which may be a map or a list of maps.</summary>
    public IEnumerable<(string Name, string Text)> Environment() => Variables(Body?["environment"]);

    private static IEnumerable<(string, string)> Variables(YamlNode? node) => node switch
    {
        YamlSequence list => list.Items.SelectMany(Variables),
        YamlMapping map => map.Entries.Where(e => e.Value is YamlScalar).Select(e => (e.Name, EnvironmentText.Of((YamlScalar)e.Value, isJobLevel: false))),
        _ => [],
    };

    private static JobStep? Read(YamlNode node) => node switch
    {
        YamlScalar name => new JobStep(name.Text, StepName.Of(name.Text, null), WhenOf(name.Text, null), null),
        YamlMapping { Entries: [var entry, ..] } => Read(entry.Name, entry.Value),
        _ => null,
    };

    private static JobStep Read(string kind, YamlNode value)
    {
        // The short form of a command: `run: make`.
        if (value is YamlScalar { IsNull: false } command)
            return new JobStep(kind, StepName.Of(kind, command), StepWhen.OnSuccess, new YamlMapping(command.Span, [new YamlEntry(YamlScalar.String("command", command.Span), command)]));

        var body = value as YamlMapping;
        return new JobStep(kind, StepName.Of(kind, body), WhenOf(kind, (body?["when"] as YamlScalar)?.Text), body);
    }

    /// <summary>EX-6.12: what tells about a job is kept also when the job has failed.</summary>
    private static StepWhen WhenOf(string kind, string? written) => written switch
    {
        "always" => StepWhen.Always,
        "on_fail" => StepWhen.OnFail,
        "on_success" => StepWhen.OnSuccess,
        _ => kind is "store_artifacts" or "store_test_results" ? StepWhen.Always : StepWhen.OnSuccess,
    };
}
