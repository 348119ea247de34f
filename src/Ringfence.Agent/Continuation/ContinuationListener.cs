using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ringfence.Agent.Calls;

namespace Ringfence.Agent.Continuation;

/// <summary>Takes the call that continues a pipeline (CL-20.3) at an address inside the sandbox, and keeps its body for the runner.</summary>
/// <remarks>A few lines of HTTP rather than a server library: the agent has to stay small, and one kind of call comes from the job itself.</remarks>
/// <param name="folder">The task folder.</param>
/// <param name="key">What a call has to have as its <c>continuation-key</c>.</param>
internal sealed class ContinuationListener(string folder, string key)
{
    /// <summary>The file in the task folder that holds the body of the accepted call.</summary>
    public const string FileName = "continuation.json";

    /// <summary>How many callers are answered at a time.</summary>
    public const int MostCallers = 4;

    /// <summary>How long a call may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Begins to listen, and gives the port.</summary>
    public int Start(TimeProvider clock, CancellationToken cancel)
    {
        var listener = CallDesk.AtFreePort();
        _ = new CallDesk(MostCallers, Patience, clock).ServeAsync(listener, AnswerAsync, cancel);
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private async Task AnswerAsync(Socket caller, CancellationToken cancel)
    {
        using var connection = new NetworkStream(caller);
        await AnswerAsync(connection, cancel).ConfigureAwait(false);
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
            throw AlreadyContinued();

        // Of two that come at once one finds the name taken, and the runner finds a whole body or none.
        var own = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            await File.WriteAllBytesAsync(own, body, cancel).ConfigureAwait(false);
            File.Move(own, path, overwrite: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw File.Exists(path) ? AlreadyContinued() : new CallRefusedException("507 Insufficient Storage", $"The configuration cannot be kept: {e.Message}");
        }
        finally
        {
            File.Delete(own);
        }

        static CallRefusedException AlreadyContinued() => new("400 Bad Request", "Pipeline already continued");
    }

    private static async Task WriteAsync(Stream connection, string status, string message, CancellationToken cancel)
    {
        var json = $$"""{"message":"{{JsonEncodedText.Encode(message)}}"}""";
        await connection.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\nConnection: close\r\n\r\n{json}"), cancel).ConfigureAwait(false);
    }
}
