using System.Collections.Frozen;
using System.Security.Cryptography;
using CsCheck;
using Ringfence.Runner.Caches;

namespace Ringfence.Runner.Tests.Caches;

public sealed class CacheKeyTemplateTests
{
    private static readonly CacheKeyFacts Facts = new()
    {
        Branch = "main",
        BuildNumber = 7,
        Revision = "abc",
        CheckoutKey = "deploy",
        Environment = new Dictionary<string, string> { ["V"] = "v2" }.ToFrozenDictionary(),
        Arch = "arch1-linux-amd64-6_85",
        Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
    };

    private static readonly string Sum = Convert.ToBase64String(SHA256.HashData("content"u8));

    [Theory]
    [Rule("EX-7.31")]
    [InlineData("plain", "plain")]
    [InlineData("{{ .Branch }}-{{.BuildNum}}-{{ .Revision}}", "main-7-abc")]
    [InlineData("{{ .CheckoutKey }}", "deploy")]
    [InlineData("{{ .Environment.V }}|{{ .Environment.UNSET }}|", "v2||")]
    [InlineData("{{ epoch }}-{{ arch }}", "1700000000-arch1-linux-amd64-6_85")]
    [InlineData("a {{- arch -}} b", "aarch1-linux-amd64-6_85b")]
    [InlineData("a{{/* no */}}b{{- /* no */ -}} c", "abc")]
    [InlineData("{{ \"x\\ty\" }}{{ `a\\t` }}", "x\tya\\t")]
    [InlineData("} }} { {", "} }} { {")]
    public async Task Fills_in(string template, string key) => Assert.Equal(new CacheKeyResult.Key(key), await EvaluateAsync(template));

    [Theory]
    [Rule("EX-7.31")]
    [InlineData("v1-{{ checksum \"f\" }}")]
    [InlineData("v1-{{checksum `f`}}")]
    [InlineData("v1-{{- checksum  \"\\x66\" -}} ")]
    public async Task Fills_in_checksums(string template) => Assert.Equal(new CacheKeyResult.Key("v1-" + Sum), await EvaluateAsync(template));

    [Theory]
    [Rule("EX-7.32")]
    [InlineData("v1-{{ checksum \"no.txt\" }}", 1, 6, "checksum \"no.txt\"")]
    [InlineData("ü-{{ checksum `no.txt` }}", 1, 6, "checksum `no.txt`")]
    [InlineData("a\nb{{checksum  \"no.txt\"}}", 2, 3, "checksum \"no.txt\"")]
    public async Task Says_that_a_file_is_missing(string template, int line, int column, string written) => Assert.Equal(
        new CacheKeyResult.Failed($"error computing cache key: template: cacheKey:{line}:{column}: executing \"cacheKey\" at <{written}>: error calling checksum: open /w/no.txt: no such file or directory"),
        await EvaluateAsync(template));

    [Theory]
    [InlineData("{{ .Branch", "1: unclosed action")]
    [InlineData("{{", "1: unclosed action")]
    [InlineData("{{ }}", "1: missing value for command")]
    [InlineData("x\n{{ sha \"f\" }}", "2: function \"sha\" not defined")]
    [InlineData("{{ checksum \"f }}", "1: unterminated quoted string")]
    [InlineData("{{ checksum `f }}", "1: unterminated raw quoted string")]
    [InlineData("{{ checksum }}", "1: wrong number of args for checksum: want 1 got 0")]
    [InlineData("{{/* x }}", "1: unclosed comment")]
    public void Refuses_what_is_no_template(string template, string error)
    {
        Assert.False(CacheKeyTemplate.TryParse(template, out _, out var why));
        Assert.Equal("error computing cache key: template: cacheKey:" + error, why);
    }

    [Fact]
    public void Refuses_pipelines_in_its_own_words()
    {
        Assert.False(CacheKeyTemplate.TryParse("{{ .Branch | printf }}", out _, out var why));
        Assert.Contains("no pipelines", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_fields_there_are()
    {
        var failed = Assert.IsType<CacheKeyResult.Failed>(await EvaluateAsync("a-{{ .Tag }}"));
        Assert.StartsWith("error computing cache key: template: cacheKey:1:5: executing \"cacheKey\" at <.Tag>: ", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.30")]
    public async Task A_key_has_at_most_900_characters()
    {
        Assert.IsType<CacheKeyResult.Key>(await EvaluateAsync(new string('k', 896) + "{{ .Branch }}"));
        Assert.IsType<CacheKeyResult.Failed>(await EvaluateAsync(new string('k', 897) + "{{ .Branch }}"));
    }

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String[Gen.Char["{}-.\"`/* \n\\axE|"], 0, 30].Sample(text =>
        CacheKeyTemplate.TryParse(text, out var template, out var error) ? template is not null : error.Length > 0);

    private static async Task<CacheKeyResult> EvaluateAsync(string text)
    {
        Assert.True(CacheKeyTemplate.TryParse(text, out var template, out var error), error);
        return await template.EvaluateAsync(
            Facts, (file, _) => ValueTask.FromResult(file == "f" ? Sum : null), file => "/w/" + file, TestContext.Current.CancellationToken);
    }
}
