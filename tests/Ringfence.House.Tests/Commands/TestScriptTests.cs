namespace Ringfence.House.Tests.Commands;

public sealed class TestScriptTests
{
    [Fact]
    public async Task Ends_with_the_sum_of_all_projects()
    {
        using var checkout = Checkout();
        Project(checkout, "A.Tests", passed: 3);
        Project(checkout, "B.Tests", passed: 4, skipped: 2);

        var result = await checkout.Run("test");

        Assert.Equal("7 passed, 0 failed, 2 skipped", LastLine(result));
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Fails_and_shows_what_failed()
    {
        using var checkout = Checkout();
        Project(checkout, "A.Tests", passed: 3);
        Project(checkout, "B.Tests", passed: 1, failed: 1, says: "    B.Things.Holds [FAIL]\n      Assert.True() Failure\n");

        var result = await checkout.Run("test");

        Assert.Equal("4 passed, 1 failed, 0 skipped", LastLine(result));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("B.Things.Holds [FAIL]\n      Assert.True() Failure\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_a_project_that_breaks_off_as_a_failure()
    {
        using var checkout = Checkout();
        Project(checkout, "A.Tests", passed: 3);
        Project(checkout, "B.Tests");
        checkout.WriteScript("repo/artifacts/bin/B.Tests/release/B.Tests", "echo 'Process terminated.'; exit 134");

        var result = await checkout.Run("test");

        Assert.Equal("3 passed, 1 failed, 0 skipped", LastLine(result));
        Assert.Contains("Process terminated.\nFAILED: B.Tests ended with code 134", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task Counts_a_project_without_tests_as_a_failure()
    {
        using var checkout = Checkout();
        Project(checkout, "A.Tests", passed: 3);
        Project(checkout, "B.Tests");

        Assert.Equal("3 passed, 1 failed, 0 skipped", LastLine(await checkout.Run("test")));
    }

    [Fact]
    public async Task Does_not_run_tests_that_could_not_be_built()
    {
        using var checkout = Checkout();
        Project(checkout, "A.Tests", passed: 3);
        checkout.Write("build-output", "A.cs(1,1): error CS1002: ; expected [/x/A.csproj]\n");

        var result = await checkout.Run("test");

        Assert.Equal("0 passed, 1 failed, 0 skipped", LastLine(result));
        Assert.Contains("A.cs(1,1): error CS1002: ; expected\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("true", true)]
    public async Task Skips_nothing_in_CI(string? ci, bool expected)
    {
        using var checkout = Checkout();
        if (ci is not null)
            checkout.With("CI", ci);
        Project(checkout, "A.Tests", passed: 1);

        await checkout.Run("test");

        Assert.Equal(expected, Arguments(checkout).Contains("-failSkips", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_the_named_projects_and_tests_only()
    {
        using var checkout = Checkout();
        Project(checkout, "A.Tests", passed: 3);
        Project(checkout, "B.Tests", passed: 4);

        var result = await checkout.Run("test", "--filter", "Holds_", "B.Tests");

        Assert.Equal("4 passed, 0 failed, 0 skipped", LastLine(result));
        Assert.Contains("-method *Holds_*", Arguments(checkout), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_nothing_fits_the_filter()
    {
        using var checkout = Checkout();
        Project(checkout, "A.Tests");

        var result = await checkout.Run("test", "--filter", "Nothing_like_this");

        Assert.Equal("0 passed, 1 failed, 0 skipped", LastLine(result));
        Assert.Equal(1, result.ExitCode);
    }

    private static FakeCheckout Checkout() => new FakeCheckout().WithSdk();

    private static void Project(FakeCheckout checkout, string name, int passed = 0, int failed = 0, int skipped = 0, string says = "")
    {
        checkout.Write($"repo/tests/{name}/{name}.csproj", "");
        checkout.Write($"says-{name}", says);
        checkout.WriteScript($"repo/artifacts/bin/{name}/release/{name}", $$"""
            echo "$@" >"$FAKE/arguments"
            while [[ $1 != -result-xml ]]; do shift; done
            echo '<assemblies><assembly name="x" errors="0" failed="{{failed}}" not-run="0" passed="{{passed}}" skipped="{{skipped}}"><test passed="9"/></assembly></assemblies>' >"$2"
            cat "$FAKE/says-{{name}}"
            exit {{(failed > 0 ? 1 : 0)}}
            """);
    }

    private static string Arguments(FakeCheckout checkout) => File.ReadAllText(checkout.At("arguments"));

    private static string LastLine(Command result) => result.Output.TrimEnd('\n').Split('\n')[^1];
}
