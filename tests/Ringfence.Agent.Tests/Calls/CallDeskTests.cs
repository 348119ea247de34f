using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Ringfence.Agent.Continuation;
using Ringfence.Agent.InJob;
using Ringfence.Agent.Masking;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Tests.Calls;

/// <summary>Several steps of a job call the agent at once, and some of them say nothing.</summary>
public sealed class CallDeskTests : IDisposable
{
    private const string Key = "4f1d";
    private const string Continuation = """{"continuation-key":"4f1d","configuration":"version: 2.1"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-desk-");
    private readonly RunnerEnd _runner = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
        _runner.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    [Rule("MSK-6")]
    public async Task One_who_says_nothing_keeps_nobody_else_from_masking_a_value()
    {
        var masks = Listen();
        using var silent = await CallForMaskAsync();

        Assert.Equal(MaskCommand.Taken, await MaskAsync(masks, "secret"));
    }

    [Fact]
    [Rule("MSK-6")]
    public async Task Two_values_wait_for_their_own_answers()
    {
        var masks = Listen();
        using var first = await SayAsync("first");
        using var second = await SayAsync("second");
        var values = new[] { (await _runner.NextAsync()).Mask, (await _runner.NextAsync()).Mask };

        foreach (var value in values.Reverse())
            masks.Take(new MaskAnswer { Number = value.Number, Refusal = $"no {value.Value.ToStringUtf8()}" });

        Assert.Equal("no first", Encoding.UTF8.GetString(await AnswerAsync(first)));
        Assert.Equal("no second", Encoding.UTF8.GetString(await AnswerAsync(second)));
    }

    [Fact]
    [Rule("MSK-6")]
    public async Task More_than_are_answered_at_a_time_wait_until_the_time_of_those_who_say_nothing_is_over()
    {
        var masks = Listen();
        var silent = new List<Socket>();
        for (var i = 0; i < MaskListener.MostCallers; i++)
            silent.Add(await CallForMaskAsync());
        using var next = await SayAsync("secret");

        // The time of one begins when it is taken, which may be after an advance of this clock.
        var asked = _runner.NextAsync();
        while (!asked.IsCompleted)
        {
            _clock.Advance(MaskListener.Patience);
            await Task.Yield();
        }

        Assert.Equal("secret", (await asked).Mask.Value.ToStringUtf8());
        masks.Take(new MaskAnswer { Number = (await asked).Mask.Number });
        Assert.Equal(MaskCommand.Taken, await AnswerAsync(next));
        Assert.Empty(await AnswerAsync(silent[0]));
        silent.ForEach(caller => caller.Dispose());
    }

    [Fact]
    [Rule("MSK-6")]
    public async Task A_value_that_is_too_long_is_refused_and_not_masked_by_half()
    {
        var masks = Listen();

        using var caller = await SayAsync(new string('x', MaskCommand.MostBytes + 1));

        Assert.Equal("The value is longer than 32768 bytes.", Encoding.UTF8.GetString(await AnswerAsync(caller)));
        Assert.Equal(MaskCommand.Taken, await MaskAsync(masks, new string('x', MaskCommand.MostBytes)));
    }

    [Fact]
    [Rule("CL-20.3")]
    public async Task One_who_says_nothing_keeps_nobody_else_from_continuing_the_pipeline_and_of_two_one_does()
    {
        var port = new ContinuationListener(_folder.FullName, Key).Start(_clock, _over.Token);
        using var silent = new TcpClient();
        await silent.ConnectAsync("127.0.0.1", port, Cancel);

        var answers = await Task.WhenAll(ContinueAsync(port), ContinueAsync(port), ContinueAsync(port));

        Assert.Single(answers, answer => answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal));
        Assert.Equal(2, answers.Count(answer => answer.EndsWith("""{"message":"Pipeline already continued"}""", StringComparison.Ordinal)));
        Assert.Equal(Continuation, await File.ReadAllTextAsync(Path.Combine(_folder.FullName, ContinuationListener.FileName), Cancel));
        Assert.Single(_folder.GetFiles());
    }

    private MaskListener Listen()
    {
        var masks = new MaskListener(_folder.FullName, _runner.Writer, 1, _clock);
        masks.Start(_over.Token);
        return masks;
    }

    private async Task<byte[]> MaskAsync(MaskListener masks, string value)
    {
        using var caller = await SayAsync(value);
        var asked = (await _runner.NextAsync()).Mask;
        Assert.Equal(value, asked.Value.ToStringUtf8());
        masks.Take(new MaskAnswer { Number = asked.Number });
        return await AnswerAsync(caller);
    }

    private async Task<Socket> SayAsync(string value)
    {
        var caller = await CallForMaskAsync();
        await caller.SendAsync(Encoding.UTF8.GetBytes(value), Cancel);
        caller.Shutdown(SocketShutdown.Send);
        return caller;
    }

    private async Task<Socket> CallForMaskAsync()
    {
        var caller = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await caller.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, MaskCommand.Socket)), Cancel);
        return caller;
    }

    private static async Task<byte[]> AnswerAsync(Socket caller)
    {
        var (answer, buffer) = (new List<byte>(), new byte[4096]);
        while (await caller.ReceiveAsync(buffer, Cancel) is > 0 and var count)
            answer.AddRange(buffer.AsSpan(0, count));
        return [.. answer];
    }

    private static async Task<string> ContinueAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, Cancel);
        var call = $"POST /api/v2/pipeline/continue HTTP/1.1\r\nHost: x\r\nContent-Length: {Continuation.Length}\r\n\r\n{Continuation}";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(call), Cancel);
        return Encoding.UTF8.GetString(await AnswerAsync(client.Client));
    }
}
