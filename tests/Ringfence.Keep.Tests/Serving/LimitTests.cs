using System.Globalization;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Keep.Tests.Serving;

/// <summary>The limits on contexts and variables, as the keep holds to them whoever asks.</summary>
public sealed class LimitTests
{
    [Theory]
    [Rule("CTX-3", "EX-8.4a")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_context_and_a_project_have_at_most_100_variables(bool isContext)
    {
        await using var keep = await KeepTrial.StartAsync();
        var owner = isContext ? await keep.MakeContextAsync("release") : KeepTrial.OfProject();
        for (var i = 0; i < 100; i++)
            Assert.Equal(KeepAnswer.KindOneofCase.Done, (await keep.SetAsync(owner, Name(i), "some-value")).KindCase);

        var refused = await keep.SetAsync(owner, Name(100), "some-value");
        var again = await keep.SetAsync(owner, Name(7), "another-value");
        await keep.DoAsync(new KeepRequest { RemoveSecret = new RemoveSecret { Owner = owner, Name = Name(7) } });
        var after = await keep.SetAsync(owner, Name(100), "some-value");

        Assert.Equal("One context or project has at most 100 variables, not 101: spread them over several contexts.", Assert.Single(refused.Refused.Sentences));
        Assert.Equal((KeepAnswer.KindOneofCase.Done, KeepAnswer.KindOneofCase.Done), (again.KindCase, after.KindCase));
    }

    [Fact]
    [Rule("CTX-3", "EX-8.4a")]
    public async Task An_organization_has_at_most_500_contexts()
    {
        await using var keep = await KeepTrial.StartAsync();
        for (var i = 0; i < 500; i++)
            await keep.MakeContextAsync(Name(i));

        var refused = await keep.Client.AskAsync(new KeepRequest { CreateContext = new CreateContext { Organization = KeepTrial.Organization, Name = "one-more" } }, KeepTrial.Cancel);
        await keep.DoAsync(new KeepRequest { CreateContext = new CreateContext { Organization = "gh/other", Name = "one-more" } });

        Assert.Equal("One organization has at most 500 contexts, not 501: delete those that no job uses.", Assert.Single(refused.Refused.Sentences));
    }

    [Fact]
    [Rule("CTX-3")]
    public async Task A_job_asks_for_at_most_100_contexts()
    {
        await using var keep = await KeepTrial.StartAsync();

        var hundred = await keep.DeniedAsync(KeepTrial.ReleaseOf([.. Enumerable.Range(0, 100).Select(Name)]));
        var more = await Assert.ThrowsAsync<Asking.KeepException>(() => keep.Client.ReleaseAsync(KeepTrial.ReleaseOf([.. Enumerable.Range(0, 101).Select(Name)]), KeepTrial.Cancel));

        Assert.True(hundred.IsMissing);
        Assert.Contains("One config has at most 100 different contexts, not 101: split the config or join contexts.", more.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Rule("CTX-4")]
    [InlineData(32_768, "")]
    [InlineData(32_769, "A value has at most 32768 bytes, not 32769: keep large files elsewhere and store the key that opens them.")]
    public async Task A_value_has_at_most_32768_bytes(int bytes, string refusal)
    {
        await using var keep = await KeepTrial.StartAsync();

        var answer = await keep.SetAsync(KeepTrial.OfProject(), "LARGE", new string('x', bytes));

        Assert.Equal(refusal, string.Concat(answer.Refused?.Sentences ?? []));
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"N{number}");
}
