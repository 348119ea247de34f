namespace Ringfence.House.Tests.Commands;

public sealed class LauncherTests
{
    [Fact]
    public async Task Builds_once_and_hands_over_arguments_and_exit_code()
    {
        using var checkout = new FakeCheckout().WithSdk();

        var first = await checkout.Run("ringfence", "config", "validate", "a b");
        var second = await checkout.Run("ringfence");

        Assert.Equal(5, first.ExitCode);
        Assert.Equal($"built from first: config validate a b {checkout.At("bin")}\n", first.Output);
        Assert.Equal("Building ringfence (first use, about 40 seconds)…\n", first.Errors);
        Assert.Equal("", second.Errors);
    }

    [Fact]
    public async Task Builds_again_when_a_source_changed()
    {
        using var checkout = new FakeCheckout().WithSdk();
        await checkout.Run("ringfence");
        checkout.ChangeSource("second");

        var result = await checkout.Run("ringfence");
        await checkout.Run("ringfence");

        Assert.StartsWith("built from second", result.Output, StringComparison.Ordinal);
        Assert.Equal("Building ringfence (sources changed)…\n", result.Errors);
    }

    [Fact]
    public async Task Builds_again_when_a_source_is_gone()
    {
        using var checkout = new FakeCheckout().WithSdk();
        checkout.Write("repo/src/Ringfence.Cli/Gone.cs", "");
        await checkout.Run("ringfence");
        var before = checkout.Published;
        File.Delete(checkout.At("repo/src/Ringfence.Cli/Gone.cs"));
        Directory.SetLastWriteTimeUtc(checkout.At("repo/src/Ringfence.Cli"), File.GetLastWriteTimeUtc(checkout.At("repo/artifacts/ringfence/stamp")).AddSeconds(1));

        await checkout.Run("ringfence");

        Assert.True(checkout.Published > before);
    }

    [Fact]
    public async Task Shows_the_errors_of_the_compiler_and_keeps_failing()
    {
        using var checkout = new FakeCheckout().WithSdk();
        await checkout.Run("ringfence");
        checkout.ChangeSource("broken");

        foreach (var result in new[] { await checkout.Run("ringfence"), await checkout.Run("ringfence") })
        {
            Assert.Equal(70, result.ExitCode);
            Assert.Contains("Program.cs(1,1): error CS1002: ; expected\n", result.Errors, StringComparison.Ordinal);
            Assert.Equal("", result.Output);
        }
    }

    [Fact]
    public async Task Compiles_ahead_of_time_when_asked_to_and_stays_with_it()
    {
        using var checkout = new FakeCheckout().WithSdk();
        await checkout.Run("ringfence");

        var result = await checkout.With("RINGFENCE_NATIVE", "1").Run("ringfence");
        await checkout.With("RINGFENCE_NATIVE", "").Run("ringfence");

        Assert.Equal("built from first: \n", result.Output);
        Assert.Equal("Building ringfence (sources changed, ahead of time)…\n", result.Errors);
        Assert.Equal(2, checkout.Published);
    }

    [Fact]
    public async Task Stays_with_the_runtime_when_compiling_ahead_of_time_fails()
    {
        using var checkout = new FakeCheckout().WithSdk().With("RINGFENCE_NATIVE", "1");
        checkout.Write("repo/src/Ringfence.Cli/Program.cs", "without-native");

        await checkout.Run("ringfence");
        var result = await checkout.Run("ringfence");

        Assert.Equal($"built from without-native: {checkout.At("bin")}\n", result.Output);
        Assert.Equal("", result.Errors);
    }

    [Fact]
    public async Task Builds_once_for_several_first_uses_at_the_same_time()
    {
        using var checkout = new FakeCheckout().WithSdk();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => checkout.Run("ringfence")));

        Assert.All(results, result => Assert.Equal(5, result.ExitCode));
        Assert.Single(results, result => result.Errors.Length > 0);
        Assert.Equal(1, checkout.Published);
    }

    [Fact]
    public async Task Runs_through_a_link_in_the_users_own_folder()
    {
        using var checkout = new FakeCheckout().WithSdk();
        File.CreateSymbolicLink(checkout.At("repo/link"), checkout.At("repo/ringfence"));

        Assert.Equal(5, (await checkout.Run("link")).ExitCode);
    }
}
