using Ringfence.Cli.Orbs;
using Ringfence.Config.Orbs;

namespace Ringfence.Cli.Tests.Orbs;

public sealed class UrlOrbTests : IAsyncDisposable
{
    private readonly HttpsServer _server = new();
    private readonly CommandRun _run = new();
    private readonly FakeClock _clock = new();

    [Rule("CL-15.7")]
    [Fact]
    public void Fetches_an_orb_from_an_allowed_address()
    {
        _server.WithAnswer("/orbs/tools.yml", "200 OK", body: Configs.Orb);

        var found = Assert.IsType<OrbLookup.Found>(Find("orbs/tools.yml"));

        Assert.Equal(_server.Url + "orbs/tools.yml", found.Resolved);
        Assert.Equal(Configs.Orb, found.Source.Text);
    }

    [Rule("CL-15.7")]
    [Fact]
    public void Asks_again_after_five_minutes()
    {
        _server.WithAnswer("/tools.yml", "200 OK", body: Configs.Orb);
        Find("tools.yml");
        _clock.Now += TimeSpan.FromMinutes(4.9);
        Assert.IsType<OrbLookup.Found>(Find("tools.yml"));
        Assert.Equal(1, _server.Requests);

        _clock.Now += TimeSpan.FromMinutes(0.2);
        Find("tools.yml");
        Assert.Equal(2, _server.Requests);

        // The clock was set back: how old the content is cannot be told.
        _clock.Now -= TimeSpan.FromHours(1);
        Find("tools.yml");
        Assert.Equal(3, _server.Requests);
    }

    [Fact]
    public void Refuses_an_address_that_is_not_allowed()
    {
        var refused = Refused("tools.yml", allow: _server.Url + "orbs/");

        Assert.Equal($"The URL orb {_server.Url}tools.yml is not allowed.", refused.Reason);
        Assert.Contains($"'--allow-orb-url {_server.Url}'", refused.Hint, StringComparison.Ordinal);
        Assert.Equal(0, _server.Requests);
    }

    [Theory]
    [InlineData("https://example.com/orbs/a.yml", true)]
    [InlineData("https://EXAMPLE.com/orbs/x/a.yml", true)]
    [InlineData("https://example.com/orbs/a.yml?v=1", true)]
    [InlineData("http://example.com/orbs/a.yml", false)]
    [InlineData("https://example.com/orbs", false)]
    [InlineData("https://example.com/Orbs/a.yml", false)]
    [InlineData("https://example.com:444/orbs/a.yml", false)]
    [InlineData("https://example.com.evil.org/orbs/a.yml", false)]
    [InlineData("https://evil.org/https://example.com/orbs/a.yml", false)]
    [InlineData("https://user@example.com/orbs/a.yml", false)]
    [InlineData("https://example.com@evil.org/orbs/a.yml", false)]
    [InlineData("https://example.com/orbs/../a.yml", false)]
    [InlineData("https://example.com/orbs/%2e%2e/a.yml", false)]
    [InlineData("https://example.com/orbs/%2E%2E%2Fa.yml", false)]
    [InlineData("https://example.com/orbs/..%5ca.yml", false)]
    [InlineData("https://example.com/orbs\\..\\a.yml", false)]
    public void Allows_only_what_lies_below(string address, bool allowed)
    {
        var list = OrbUrlAllowList.Parse(["https://example.com/orbs/"], out _)!;

        Assert.Equal(allowed, list.Allows(new Uri(address)));
    }

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("https://example.com/orbs")]
    [InlineData("https://example.com")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://example.com/?x=/")]
    [InlineData("example.com/")]
    public void Refuses_prefixes_that_would_allow_more_than_they_seem_to(string prefix)
    {
        Assert.Null(OrbUrlAllowList.Parse([prefix], out var whyNot));
        Assert.StartsWith($"'{prefix}' cannot be an allowed address", whyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void Follows_redirects_inside_the_allow_list_only()
    {
        _server.WithAnswer("/a.yml", "302 Found", "Location: /b.yml\r\n")
            .WithAnswer("/b.yml", "200 OK", body: Configs.Orb)
            .WithAnswer("/out.yml", "302 Found", "Location: https://example.com/b.yml\r\n")
            .WithAnswer("/down.yml", "301 Moved", $"Location: {_server.Url.Replace("https", "http", StringComparison.Ordinal)}b.yml\r\n")
            .WithAnswer("/loop.yml", "307 Again", "Location: /loop.yml\r\n");

        Assert.IsType<OrbLookup.Found>(Find("a.yml"));
        Assert.Contains("it redirects to https://example.com/b.yml, which is not allowed", Refused("out.yml").Reason, StringComparison.Ordinal);
        Assert.Contains("which is not allowed", Refused("down.yml").Reason, StringComparison.Ordinal);
        Assert.Contains("it redirects more than 5 times", Refused("loop.yml").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404 Not Found", "the server answers 404")]
    [InlineData("500 Oh", "the server answers 500")]
    [InlineData("204 No Content", "the server answers 204")]
    public void Refuses_other_answers(string status, string reason)
    {
        _server.WithAnswer("/a.yml", status);

        Assert.Contains(reason, Refused("a.yml").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_no_more_than_eight_megabytes()
    {
        _server.WithAnswer("/said.yml", "200 OK", "Content-Length: 9000000\r\n", withLength: false)
            .WithAnswer("/unsaid.yml", "200 OK", body: new string('a', 9_000_000), withLength: false);

        Assert.Contains("it has more than 8,388,608 bytes", Refused("said.yml").Reason, StringComparison.Ordinal);
        Assert.Contains("it has more than 8,388,608 bytes", Refused("unsaid.yml").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_is_no_text_and_what_breaks_off()
    {
        _server.WithBytes("/binary.yml", [.. "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"u8, 0xff, 0xfe])
            .WithAnswer("/short.yml", "200 OK", "Content-Length: 100\r\n", "half", withLength: false);

        Assert.Contains("it is not UTF-8 text", Refused("binary.yml").Reason, StringComparison.Ordinal);
        Assert.Contains("the connection broke off", Refused("short.yml").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_up_on_a_silent_server()
    {
        _server.WithAnswer("/slow.yml", "200 OK", "Content-Length: 100\r\n", "half", withLength: false);

        Assert.Contains("no answer within 0.3 seconds", Refused("nothing.yml", patience: TimeSpan.FromSeconds(0.3)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_certificate_that_is_not_trusted()
    {
        var download = new OrbDownload(() => new SocketsHttpHandler());

        var failed = Assert.IsType<OrbDownloadResult.Failed>(download.Get(new Uri(_server.Url), OrbUrlAllowList.Parse([_server.Url], out _)!));

        Assert.Contains("the server's certificate is not trusted", failed.Reason, StringComparison.Ordinal);
    }

    [Rule("CL-15.7")]
    [Fact]
    public void Takes_at_most_fifty_of_them()
    {
        for (var i = 0; i <= 50; i++)
            _server.WithAnswer($"/{i}.yml", "200 OK", body: Configs.Orb);
        var orbs = Orbs(_server.Url, TimeSpan.FromSeconds(20));

        for (var i = 0; i < 50; i++)
            Assert.IsType<OrbLookup.Found>(orbs.Find(Reference($"{i}.yml")));
        Assert.IsType<OrbLookup.Found>(orbs.Find(Reference("0.yml")));
        Assert.Equal("A config may use at most 50 URL orbs.", Assert.IsType<OrbLookup.Refused>(orbs.Find(Reference("50.yml"))).Reason);
    }

    [Fact]
    public async Task Serves_a_config()
    {
        _server.WithAnswer("/tools.yml", "200 OK", body: Configs.Orb);
        _run.HttpHandler = _server.Handler;
        _run.WithFile(Configs.Path, Configs.WithOrb.Replace("acme/tools@1", _server.Url + "tools.yml", StringComparison.Ordinal));

        (await _run.Run("config", "validate")).AssertRefused($"The URL orb {_server.Url}tools.yml is not allowed.");
        Assert.Equal(0, (await _run.Run("config", "validate", "--allow-orb-url", _server.Url)).Exit);
        Assert.Equal(0, (await _run.WithVariable("RINGFENCE_ORB_URLS", $"https://example.com/ {_server.Url}").Run("config", "validate")).Exit);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _run.Dispose();
    }

    private OrbLookup Find(string path, string? allow = null, TimeSpan? patience = null) => Orbs(allow ?? _server.Url, patience ?? TimeSpan.FromSeconds(20)).Find(Reference(path));

    private OrbLookup.Refused Refused(string path, string? allow = null, TimeSpan? patience = null) => Assert.IsType<OrbLookup.Refused>(Find(path, allow, patience));

    private OrbReference.Url Reference(string path) => new(new Uri(_server.Url + path));

    private UrlOrbs Orbs(string allow, TimeSpan patience) => new(
        OrbUrlAllowList.Parse([allow], out _)!,
        new UrlOrbCache(Path.Combine(_run.Folder, "cache"), _clock),
        new OrbDownload(_server.Handler) { Patience = patience });
}
