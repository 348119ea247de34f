namespace Ringfence.House.Tests.Bans;

public sealed class SecretBanTests
{
    private const string Secrets = "BannedSymbols.secrets.txt";

    private const string Looks = """
        public static class Program
        {
            public static string Text(Ringfence.Primitives.SecretValue secret) => secret.RevealString();
            public static int Bytes(Ringfence.Primitives.SecretValue secret) => secret.Reveal().Length;
            public static System.Func<string> Later(Ringfence.Primitives.SecretValue secret) => secret.RevealString;
            public static string Shown(Ringfence.Primitives.SecretValue secret) => secret.ToString();
            public static bool Same(Ringfence.Primitives.SecretValue secret) => secret.FixedTimeEquals(secret);
        }
        """;

    [Fact]
    public async Task Keeps_projects_without_the_mark_from_looking_inside() =>
        Assert.Equal(["3 RS0030", "4 RS0030", "5 RS0030"], await SmallProgram.Compile(Looks, Secrets));

    [Fact]
    public async Task Lets_projects_with_the_mark_look_inside() => Assert.Empty(await SmallProgram.Compile(Looks));

    [Fact]
    public async Task Bans_every_member_that_gives_out_the_value()
    {
        var revealing = typeof(Ringfence.Primitives.SecretValue).GetMethods()
            .Where(method => method.DeclaringType == typeof(Ringfence.Primitives.SecretValue))
            .Where(method => method.ReturnType != typeof(void) && method.ReturnType != typeof(bool) && method.Name != nameof(ToString))
            .Select(method => $"M:{method.DeclaringType}.{method.Name};").ToList();
        var banned = await File.ReadAllTextAsync(RepositoryRoot.At("build/" + Secrets), TestContext.Current.CancellationToken);

        Assert.NotEmpty(revealing);
        Assert.All(revealing, symbol => Assert.Contains(symbol, banned, StringComparison.Ordinal));
    }

    /// <summary>The generator would need the private converter.</summary>
    [Fact]
    public async Task Generated_json_for_a_type_that_holds_a_secret_does_not_compile()
    {
        const string Source = """
            using System.Text.Json.Serialization;
            public sealed record Holder(string Name, Ringfence.Primitives.SecretValue Value);
            [JsonSerializable(typeof(Holder))]
            public sealed partial class Context : JsonSerializerContext;
            """;

        var codes = string.Join(' ', await SmallProgram.Compile(Source));

        Assert.Contains("SYSLIB1220", codes, StringComparison.Ordinal);
        Assert.Contains("SYSLIB1030", codes, StringComparison.Ordinal);
    }
}
