using System.Text;
using Ringfence.Agent.Continuation;
using Ringfence.Primitives;

namespace Ringfence.Agent.Tests.Continuation;

/// <summary>The call that continues a pipeline, as jobs make it.</summary>
[Rule("CL-20.3")]
public sealed class ContinuationListenerTests : IDisposable
{
    private const string Key = "4f1d";
    private const string Good = """{"continuation-key":"4f1d","configuration":"version: 2.1"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-continue-");

    private string? Kept => File.Exists(Path.Combine(_folder.FullName, "continuation.json")) ? File.ReadAllText(Path.Combine(_folder.FullName, "continuation.json")) : null;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Takes_the_first_call_with_the_key_and_no_second_one()
    {
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await SendAsync(Sized(Good)), StringComparison.Ordinal);
        Assert.Equal(Good, Kept);

        var again = await SendAsync(Sized(Good.Replace("2.1", "2", StringComparison.Ordinal)));
        Assert.StartsWith("HTTP/1.1 400 ", again, StringComparison.Ordinal);
        Assert.EndsWith("""{"message":"Pipeline already continued"}""", again, StringComparison.Ordinal);
        Assert.Equal(Good, Kept);
    }

    [Theory]
    [InlineData("""{"configuration":"version: 2.1"}""", "no text 'continuation-key'")]
    [InlineData("""{"continuation-key":5,"configuration":"version: 2.1"}""", "no text 'continuation-key'")]
    [InlineData("""{"continuation-key":"","configuration":"version: 2.1"}""", "Invalid continuation-key")]
    [InlineData("""{"continuation-key":"4F1D","configuration":"version: 2.1"}""", "Invalid continuation-key")]
    [InlineData("""{"continuation-key":"4f1d"}""", "no text 'configuration'")]
    [InlineData("""{"continuation-key":"4f1d","configuration":{}}""", "no text 'configuration'")]
    [InlineData("""["continuation-key"]""", "no JSON object")]
    [InlineData("""{"continuation-key":"\ud800","configuration":""}""", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("continuation-key=4f1d", "not JSON")]
    public async Task Refuses_what_has_not_the_key_or_no_config_and_takes_a_better_one(string body, string message)
    {
        var refused = await SendAsync(Sized(body));

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", refused, StringComparison.Ordinal);
        Assert.Contains(message, System.Text.RegularExpressions.Regex.Unescape(refused), StringComparison.Ordinal);
        Assert.Null(Kept);
        Assert.StartsWith("HTTP/1.1 200 ", await SendAsync(Sized(Good)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3a\r\nGOOD\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: Chunked\r\n\r\n003A;name=value\r\nGOOD\r\n0\r\nTrailer: x\r\n\r\n")]
    [InlineData("Content-Length: 58\r\nContent-Length: 58\r\n\r\nGOOD")]
    [InlineData("Expect: 100-continue\r\nContent-Length: 58\r\n\r\nGOOD")]
    public async Task Takes_a_body_by_length_and_in_chunks(string rest)
    {
        Assert.Equal(58, Good.Length);

        var answer = await SendAsync(Start + rest.Replace("GOOD", Good, StringComparison.Ordinal), piece: 1);

        Assert.Contains("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(rest.StartsWith("Expect", StringComparison.Ordinal), answer.StartsWith("HTTP/1.1 100 Continue\r\n\r\n", StringComparison.Ordinal));
        Assert.Equal(Good, Kept);
    }

    [Theory]
    [InlineData("\r\nGOOD", "411")]
    [InlineData("Content-Length: 58\r\nTransfer-Encoding: chunked\r\n\r\n3a\r\nGOOD\r\n0\r\n\r\n", "400")]
    [InlineData("Content-Length: 58\r\nContent-Length: 5\r\n\r\nGOOD", "400")]
    [InlineData("Content-Length: -1\r\n\r\nGOOD", "400")]
    [InlineData("Content-Length: 99999999999\r\n\r\nGOOD", "413")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n\r\n3a\r\nGOOD\r\n0\r\n\r\n", "501")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nx\r\nGOOD\r\n0\r\n\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-3a\r\nGOOD\r\n0\r\n\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n39\r\nGOOD\r\n0\r\n\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7fffffff\r\nGOOD\r\n0\r\n\r\n", "413")]
    public async Task Refuses_a_body_whose_end_is_not_known_or_too_far(string rest, string status)
    {
        var answer = await SendAsync(Start + rest.Replace("GOOD", Good, StringComparison.Ordinal));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Null(Kept);
    }

    [Fact]
    public async Task Answers_nothing_else()
    {
        Assert.StartsWith("HTTP/1.1 404 ", await SendAsync("GET /api/v2/me HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 4", await SendAsync(Start + string.Concat(Enumerable.Repeat("X: y\r\n", 10_000))), StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => SendAsync(Start));
    }

    private static string Start => "POST /api/v2/pipeline/continue HTTP/1.1\r\nHost: x\r\n";

    private static string Sized(string body) => $"{Start}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private async Task<string> SendAsync(string call, int piece = int.MaxValue)
    {
        using var connection = new Connection(Encoding.UTF8.GetBytes(call), piece);
        await new ContinuationListener(_folder.FullName, Key).AnswerAsync(connection, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(connection.Answer.ToArray());
    }

    /// <summary>Both directions of a connection: what comes is given, what goes is kept.</summary>
    private sealed class Connection(byte[] call, int piece) : ForwardStream
    {
        private readonly MemoryStream _call = new(call);

        public MemoryStream Answer { get; } = new();

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _call.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);

        public override void Write(ReadOnlySpan<byte> buffer) => Answer.Write(buffer);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => Answer.WriteAsync(buffer, cancellationToken);
    }
}
