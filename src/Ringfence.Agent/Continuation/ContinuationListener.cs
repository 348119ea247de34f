using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ringfence.Agent.Continuation;

/// <summary>Takes the call that continues a pipeline (CL-20.3) at an address inside the sandbox, and keeps its body for the runner.</summary>
/// <remarks>A few lines of HTTP rather than a server library: the agent has to stay small, and one kind of call comes from the job itself.</remarks>
internal sealed class ContinuationListener(string folder)
{
    /// <summary>The file in the task folder that holds the body of the accepted call.</summary>
    public const string FileName = "continuation.json";

    private const int LongestHead = 16 * 1024;
    private const int LongestBody = 8 * 1024 * 1024;

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
            try
            {
                await AnswerAsync(client.GetStream(), cancel).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // The caller has gone.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, CancellationToken cancel)
    {
        var (head, rest) = await ReadHeadAsync(stream, cancel).ConfigureAwait(false);
        var lines = head.Split("\r\n");
        if (!lines[0].StartsWith("POST ", StringComparison.Ordinal) || !lines[0].Contains("/api/v2/pipeline/continue", StringComparison.Ordinal))
        {
            await WriteAsync(stream, "404 Not Found", """{"message":"Only POST /api/v2/pipeline/continue is answered here."}""", cancel).ConfigureAwait(false);
            return;
        }

        var length = lines.Select(ContentLength).FirstOrDefault(n => n is not null) ?? 0;
        if (length > LongestBody)
        {
            await WriteAsync(stream, "413 Content Too Large", """{"message":"The configuration is too large."}""", cancel).ConfigureAwait(false);
            return;
        }

        if (lines.Any(line => line.StartsWith("Expect: 100-continue", StringComparison.OrdinalIgnoreCase)))
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancel).ConfigureAwait(false);
        var body = new byte[length];
        rest.AsSpan(0, Math.Min(rest.Length, length)).CopyTo(body);
        await stream.ReadExactlyAsync(body.AsMemory(Math.Min(rest.Length, length)), cancel).ConfigureAwait(false);

        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            await WriteAsync(stream, "400 Bad Request", """{"message":"Pipeline already continued"}""", cancel).ConfigureAwait(false);
            return;
        }

        await File.WriteAllBytesAsync(path, body, cancel).ConfigureAwait(false);
        await WriteAsync(stream, "200 OK", """{"message":"Continuation accepted"}""", cancel).ConfigureAwait(false);
    }

    private static async Task<(string Head, byte[] Begun)> ReadHeadAsync(NetworkStream stream, CancellationToken cancel)
    {
        var buffer = new byte[LongestHead];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
            if (read == 0)
                break;
            length += read;
            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is var end and >= 0)
                return (Encoding.ASCII.GetString(buffer, 0, end), buffer[(end + 4)..length]);
        }

        throw new IOException("The request has no end of its head.");
    }

    private static int? ContentLength(string line) =>
        line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) && int.TryParse(line["Content-Length:".Length..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    private static async Task WriteAsync(NetworkStream stream, string status, string json, CancellationToken cancel) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\nConnection: close\r\n\r\n{json}"), cancel).ConfigureAwait(false);
}
