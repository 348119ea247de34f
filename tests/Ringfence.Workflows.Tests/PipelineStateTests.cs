using Ringfence.Workflows.Pipelines;

namespace Ringfence.Workflows.Tests;

[Rule("EX-1.3")]
public sealed class PipelineStateTests
{
    [Fact]
    public void A_plain_config_goes_from_pending_to_created()
    {
        var state = PipelineState.Begin(isSetup: false, Sample.Noon);

        Assert.Equal(("pending", "created"), (state.ApiText, state.WithWorkflows().ApiText));
        Assert.Equal(("errored", "no such job"), (state.WithError("no such job").ApiText, state.WithError("no such job").Error));
        Assert.Equal(PipelineStatus.Created, state.WithWorkflows().WithError("late").Status);
    }

    [Fact]
    public void A_setup_config_is_continued_on_the_way()
    {
        var state = PipelineState.Begin(isSetup: true, Sample.Noon);
        var setup = state.WithWorkflows();
        var continued = setup.Continue();

        Assert.Equal("setup-pending setup pending created", $"{state.ApiText} {setup.ApiText} {continued.ApiText} {continued.WithWorkflows().ApiText}");
    }

    [Fact]
    [Rule("CL-20.4")]
    public void Continues_once_within_six_hours_and_not_with_another_setup()
    {
        var setup = PipelineState.Begin(isSetup: true, Sample.Noon).WithWorkflows();

        Assert.Null(setup.WhyNotContinue(false, Sample.Noon.AddHours(5.9)));
        Assert.Contains("six hours", setup.WhyNotContinue(false, Sample.Noon.AddHours(6)), StringComparison.Ordinal);
        Assert.Contains("setup config", setup.WhyNotContinue(true, Sample.Noon), StringComparison.Ordinal);
        Assert.Contains("already", setup.Continue().WithWorkflows().WhyNotContinue(false, Sample.Noon), StringComparison.Ordinal);
        Assert.Contains("no setup workflow", PipelineState.Begin(false, Sample.Noon).WhyNotContinue(false, Sample.Noon), StringComparison.Ordinal);
    }
}
