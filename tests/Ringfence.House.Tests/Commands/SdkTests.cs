namespace Ringfence.House.Tests.Commands;

/// <summary>What the scripts do on a machine without a .NET 10 SDK.</summary>
public sealed class SdkTests
{
    [Theory]
    [InlineData("home/.dotnet/dotnet")]
    [InlineData("home/.cache/ringfence/dotnet/dotnet")]
    [InlineData("home/.cache/ringfence/dotnet/usr/lib/dotnet/dotnet")]
    public async Task Finds_one_that_is_not_on_the_path(string path)
    {
        using var checkout = new FakeCheckout().WithSdk(path);

        Assert.Equal(5, (await checkout.Run("ringfence")).ExitCode);
    }

    [Fact]
    public async Task Finds_one_in_the_folder_that_the_user_names()
    {
        using var checkout = new FakeCheckout().WithSdk("elsewhere/dotnet");
        checkout.With("DOTNET_ROOT", checkout.At("elsewhere"));

        Assert.Equal(5, (await checkout.Run("ringfence")).ExitCode);
    }

    [Theory]
    [InlineData("ringfence", 69, "")]
    [InlineData("test", 1, "FAILED: there is no .NET 10 SDK\n0 passed, 1 failed, 0 skipped\n")]
    public async Task Says_in_one_line_what_to_install(string script, int exitCode, string output)
    {
        using var checkout = new FakeCheckout();
        checkout.WriteScript("bin/dotnet", "echo '8.0.404 [/fake]'");

        var result = await checkout.Run(script);

        Assert.Equal((exitCode, output), (result.ExitCode, result.Output));
        Assert.Contains("install the package dotnet-sdk-10.0", Assert.Single(Told(result)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Installs_the_systems_package_as_root()
    {
        using var checkout = WithApt(new FakeCheckout(), user: 0);
        checkout.WriteScript("bin/apt-get", """[[ $1 == install && $* == *dotnet-sdk-10.0* ]] && cp "$FAKE/sdk" "$FAKE/bin/dotnet" """);

        var result = await checkout.Run("ringfence");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("apt-get", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unpacks_the_systems_packages_into_the_cache_otherwise()
    {
        using var checkout = WithApt(new FakeCheckout(), user: 1000);
        checkout.WriteScript("bin/apt-get", """[[ $1 == download ]] && touch dotnet-sdk-10.0.deb""");
        checkout.WriteScript("bin/dpkg-deb", """mkdir -p "$3/usr/lib/dotnet" && cp "$FAKE/sdk" "$3/usr/lib/dotnet/dotnet" """);

        var result = await checkout.Run("ringfence");

        Assert.Equal(5, result.ExitCode);
        Assert.True(File.Exists(checkout.At("home/.cache/ringfence/dotnet/usr/lib/dotnet/dotnet")));
    }

    [Fact]
    public async Task Takes_Microsofts_if_the_system_has_none()
    {
        using var checkout = new FakeCheckout().WithSdk("sdk");
        checkout.WriteScript("bin/curl", """
            while [[ $1 != -o ]]; do shift; done
            echo 'mkdir -p "$4" && cp "$FAKE/sdk" "$4/dotnet"' >"$2"
            """);

        var result = await checkout.Run("ringfence");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("home/.cache/ringfence/dotnet", result.Errors, StringComparison.Ordinal);
    }

    private static FakeCheckout WithApt(FakeCheckout checkout, int user)
    {
        checkout.WithSdk("sdk");
        checkout.WriteScript("bin/id", $"echo {user}");
        checkout.WriteScript("bin/apt-cache", """
            case $1 in
                policy) echo '  Candidate: 10.0.100-1' ;;
                depends) echo dotnet-sdk-10.0 ;;
            esac
            """);
        return checkout;
    }

    private static string[] Told(Command result) =>
        [.. result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("Building", StringComparison.Ordinal))];
}
