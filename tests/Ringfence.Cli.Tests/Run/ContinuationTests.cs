using Ringfence.Cli.Run;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Pipeline parameters on the way from the start of a pipeline to what continues it.</summary>
public sealed class ContinuationTests
{
    private const string Continued =
        """
        version: 2.1
        parameters: {word: {type: string, default: usual}, image: {type: string, default: usual}}
        jobs:
          work: {machine: true, steps: [run: "echo word is << pipeline.parameters.word >> image is << pipeline.parameters.image >>"]}
        workflows: {real: {jobs: [work]}}
        """;

    private static string Setup => SetupTrial.Config.Replace("setup: true\n", "setup: true\nparameters: {image: {type: string, default: usual}}\n", StringComparison.Ordinal);

    [Fact]
    [Rule("CL-20.5", "CL-20.6")]
    public async Task What_was_given_at_the_start_is_given_to_what_continues_too()
    {
        using var trial = await PipelineTrial.With(Setup);
        SetupTrial.Sends(trial, Continued, ("word", "sent"));

        var result = await trial.Run("--pipeline-parameters", "{image: given}");

        Assert.Contains("| word is sent image is given\n", result.Out, StringComparison.Ordinal);
        Assert.Equal(0, result.Exit);
    }

    [Theory]
    [Rule("CL-20.5")]
    [InlineData("{image: given}", false)]
    [InlineData("{image: usual}", true)]
    public async Task What_was_given_another_value_than_its_default_is_not_sent_again(string given, bool isTaken)
    {
        using var trial = await PipelineTrial.With(Setup);
        SetupTrial.Sends(trial, Continued, ("image", "sent"));

        var result = await trial.Run("--pipeline-parameters", given);

        Assert.Equal(isTaken, result.Out.Contains("| word is usual image is sent\n", StringComparison.Ordinal));
        Assert.Equal(!isTaken, result.Out.Contains("The pipeline cannot be continued: Conflicting pipeline parameters: 'image' was given when the pipeline began, and is sent again.", StringComparison.Ordinal));
        Assert.Equal(isTaken ? 0 : (int)ExitCode.PipelineFailed, result.Exit);
    }

    [Fact]
    [Rule("CL-20.6")]
    public async Task What_was_given_at_the_start_has_to_be_declared_by_both()
    {
        using var trial = await PipelineTrial.With(Setup);
        SetupTrial.Sends(trial, Continued.Replace("image: {", "other: {", StringComparison.Ordinal).Replace("parameters.image", "parameters.other", StringComparison.Ordinal));

        var result = await trial.Run("--pipeline-parameters", "{image: given}");

        Assert.Contains("The pipeline cannot be continued: Unexpected argument(s): image.", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [Rule("CL-20.5")]
    [InlineData(100, 128, 512, "")]
    [InlineData(101, 1, 1, "the setup job sent more than 100 parameters")]
    [InlineData(1, 129, 1, "the name of a parameter, 'nnnnnnnnnnnnnnnnnnnn…', has more than 128 characters")]
    [InlineData(1, 1, 513, "the value of the parameter '0' has more than 512 characters")]
    public void There_are_limits_on_what_is_sent(int count, int name, int value, string whyNot)
    {
        var body = SetupTrial.Body("version: 2.1", Enumerable.Range(0, count).Select(i => (i.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(name, 'n'), new string('v', value))));

        Assert.Equal(whyNot, ContinuationBody.Read(body).WhyNot ?? "");
    }
}
