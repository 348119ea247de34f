namespace Ringfence.House.Tests.Commands;

/// <summary>What ./ringfence puts into the folder <c>agent</c> beside the program.</summary>
public sealed class AgentTests
{
    [Fact]
    public async Task Lies_beside_the_program_under_each_of_its_names()
    {
        using var checkout = new FakeCheckout().WithSdk();
        await checkout.Run("ringfence");

        Assert.Equal(
            ["circleci", "circleci-agent", "ringfence-agent", "ringfence-mask"],
            Directory.GetFiles(checkout.At("repo/artifacts/ringfence/current/agent")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(await BuiltAs(checkout), way => Assert.Equal("static\n", way));
        Assert.Equal(1, checkout.Published);
    }

    [Fact]
    public async Task Is_not_built_again_when_only_the_program_changed()
    {
        using var checkout = new FakeCheckout().WithSdk();
        await checkout.Run("ringfence");
        checkout.ChangeSource("second");
        await checkout.Run("ringfence");

        Assert.DoesNotContain("AgentAs", checkout.Builds[1], StringComparison.Ordinal);
        Assert.All(await BuiltAs(checkout), way => Assert.Equal("static\n", way));
    }

    [Theory]
    [InlineData("Agent")]
    [InlineData("Protocol")]
    [InlineData("Primitives")]
    public async Task Is_built_again_when_its_own_sources_changed(string project)
    {
        using var checkout = new FakeCheckout().WithSdk();
        await checkout.Run("ringfence");
        checkout.ChangeSource("", $"repo/src/Ringfence.{project}/Source.cs");
        await checkout.Run("ringfence");

        Assert.Contains("AgentAs=static", checkout.Builds[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_built_again_and_kept_again_in_every_order()
    {
        using var checkout = new FakeCheckout().WithSdk();
        await checkout.Run("ringfence");
        foreach (var (source, agentIsBuilt) in new[] { ("Cli", false), ("Agent", true), ("Agent", true), ("Cli", false), ("Cli", false) })
        {
            var path = $"repo/src/Ringfence.{source}/Source.cs";
            checkout.ChangeSource("", path);
            var result = await checkout.Run("ringfence");
            // It was changed a second after the last build, which for builds as quick as these is after this one too.
            File.SetLastWriteTimeUtc(checkout.At(path), DateTime.UnixEpoch);

            Assert.StartsWith("built from ", result.Output, StringComparison.Ordinal);
            Assert.Equal(agentIsBuilt, checkout.Builds[^1].Contains("AgentAs", StringComparison.Ordinal));
        }

        Assert.Equal(6, checkout.Published);
        Assert.Equal("", (await checkout.Run("ringfence")).Errors);
    }

    [Fact]
    public async Task Brings_its_runtime_until_there_is_a_compiler()
    {
        using var checkout = new FakeCheckout().WithSdk();
        checkout.WriteScript("bin/gcc", "exit 1");

        var first = await checkout.Run("ringfence");
        var before = await BuiltAs(checkout);
        var second = await checkout.Run("ringfence");
        checkout.ChangeSource("second");
        await checkout.Run("ringfence");
        checkout.WriteScript("bin/gcc", "exit 0");
        await checkout.Run("ringfence");

        Assert.Equal(
            "Jobs in containers need the agent as a static file, which takes a C compiler: apt-get install gcc libc6-dev",
            first.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.Equal("", second.Errors);
        Assert.All(before, way => Assert.Equal("single-file\n", way));
        Assert.All(await BuiltAs(checkout), way => Assert.Equal("static\n", way));
    }

    [Fact]
    public async Task Brings_its_runtime_when_it_cannot_be_static_and_is_not_tried_again_each_time()
    {
        using var checkout = new FakeCheckout().WithSdk();
        checkout.Write("repo/src/Ringfence.Cli/Program.cs", "without-static");

        var first = await checkout.Run("ringfence");
        var second = await checkout.Run("ringfence");

        Assert.Contains("could not be built; why is in artifacts/ringfence/build.log.\n", first.Errors, StringComparison.Ordinal);
        Assert.Equal("", second.Errors);
        Assert.All(await BuiltAs(checkout), way => Assert.Equal("single-file\n", way));
    }

    [Fact]
    public async Task Is_built_anew_when_what_a_stopped_build_left_does_not_run()
    {
        using var checkout = new FakeCheckout().WithSdk();
        checkout.Write("repo/artifacts/ringfence/msbuild/half-linked", "");

        var result = await checkout.Run("ringfence");

        Assert.Equal(5, result.ExitCode);
        Assert.Equal(2, checkout.Published);
        Assert.All(await BuiltAs(checkout), way => Assert.Equal("static\n", way));
    }

    [Fact]
    public async Task Is_left_out_rather_than_the_program()
    {
        using var checkout = new FakeCheckout().WithSdk();
        checkout.Write("repo/src/Ringfence.Cli/Program.cs", "without-s");

        var result = await checkout.Run("ringfence");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("no jobs can be run", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(checkout.At("repo/artifacts/ringfence/current/agent")));
    }

    private static async Task<string[]> BuiltAs(FakeCheckout checkout) =>
        await Task.WhenAll(new[] { "ringfence-agent", "circleci", "circleci-agent" }.Select(async name =>
            (await checkout.Run($"artifacts/ringfence/current/agent/{name}")).Output));
}
