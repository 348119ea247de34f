using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ringfence.Agent.Continuation;

/// <summary>Takes the call that continues a pipeline (CL-20.3) at an address inside the sandbox, and keeps its body for the runner.</summary>
/// <remarks>A few lines of HTTP rather than a server library: the agent has to stay small, and one kind of call comes from the job itself.</remarks>
/// <param name="folder">The task folder.</param>
/// <param name="key">What a call has to have as its <c>continuation-key</c>.</param>
internal sealed class ContinuationListener(string folder, string key)
{
    /// <summary>The file in the task folder that holds the body of the accepted call.</summary>
    public const string FileName = "continuation.json";

    // The next caller waits for this one.
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);

    /// <summary>Begins to listen, and gives the port.</summary>
    public int Start(CancellationToken cancel)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = ServeAsync(listener, cancel);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ServeAsync(TcpListener listener, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            using var client = await listener.AcceptTcpClientAsync(cancel).ConfigureAwait(false);
            using var late = new CancellationTokenSource(LongestCall, TimeProvider.System);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
            try
            {
                await AnswerAsync(client.GetStream(), over.Token).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // The caller has gone.
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // It takes too long.
            }
        }
    }

    /// <summary>Answers one call.</summary>
    internal async Task AnswerAsync(Stream connection, CancellationToken cancel)
    {
        try
        {
            var reader = new CallReader(connection);
            var head = await reader.HeadAsync(cancel).ConfigureAwait(false);
            if (!head[0].StartsWith("POST ", StringComparison.Ordinal) || !head[0].Contains("/api/v2/pipeline/continue", StringComparison.Ordinal))
                throw new CallRefusedException("404 Not Found", "Only POST /api/v2/pipeline/continue is answered here.");
            var body = await reader.BodyAsync(head, GoOnAsync, cancel).ConfigureAwait(false);
            Check(body);
            await KeepAsync(body, cancel).ConfigureAwait(false);
            await WriteAsync(connection, "200 OK", "Continuation accepted", cancel).ConfigureAwait(false);

            async Task GoOnAsync()
            {
                if (head.Any(line => line.Equals("Expect: 100-continue", StringComparison.OrdinalIgnoreCase)))
                    await connection.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancel).ConfigureAwait(false);
            }
        }
        catch (CallRefusedException e)
        {
            await WriteAsync(connection, e.Status, e.Message, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>The parts that CircleCI's API asks for; what the config says is for the runner.</summary>
    private void Check(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind is not JsonValueKind.Object)
                throw Wrong("The body is no JSON object.");
            if (Text(json.RootElement, "continuation-key") is not { } given)
                throw Wrong("The body has no text 'continuation-key': send $CIRCLE_CONTINUATION_KEY.");
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key)))
                throw Wrong("Invalid continuation-key: it is not $CIRCLE_CONTINUATION_KEY of this job.");
            if (Text(json.RootElement, "configuration") is null)
                throw Wrong("The body has no text 'configuration'.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Wrong("The body is not JSON.");
        }

        static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        static CallRefusedException Wrong(string message) => new("400 Bad Request", message);
    }

    private async Task KeepAsync(byte[] body, CancellationToken cancel)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
            throw new CallRefusedException("400 Bad Request", "Pipeline already continued");
        await File.WriteAllBytesAsync(path, body, cancel).ConfigureAwait(false);
    }

    private static async Task WriteAsync(Stream connection, string status, string message, CancellationToken cancel)
    {
        var json = $$"""{"message":"{{JsonEncodedText.Encode(message)}}"}""";
        await connection.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\nConnection: close\r\n\r\n{json}"), cancel).ConfigureAwait(false);
    }
}
