using System.Net;
using System.Text.Unicode;
using Ringfence.Cli.Input;

namespace Ringfence.Cli.Orbs;

/// <summary>Gets one orb over https. It sends no credentials, follows no redirect out of the allow-list, and reads no more than the limit.</summary>
internal sealed class OrbDownload(Func<HttpMessageHandler> handler)
{
    private const int MostRedirects = 5;

    /// <summary>How long one orb may take altogether.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Fetches an address that the allow-list allows.</summary>
    public OrbDownloadResult Get(Uri address, OrbUrlAllowList allowed)
    {
        using var client = new HttpClient(handler()) { Timeout = Timeout.InfiniteTimeSpan };
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            return Follow(client, address, allowed, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            return Failed(address, $"no answer within {Patience.TotalSeconds:0.#} seconds", "Try again, or add the orb to the store and use its name.");
        }
        catch (HttpRequestException e)
        {
            return Failed(address, Describe(e), "Check the address, the network and the server's certificate.");
        }
        catch (IOException)
        {
            return Failed(address, "the connection broke off", "Try again.");
        }
    }

    private static OrbDownloadResult Follow(HttpClient client, Uri address, OrbUrlAllowList allowed, CancellationToken cancel)
    {
        var next = address;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.UserAgent.ParseAdd("ringfence");
            using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.StatusCode is >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest and not HttpStatusCode.NotModified && response.Headers.Location is { } location)
            {
                next = new Uri(next, location);
                if (!allowed.Allows(next))
                    return Failed(address, $"it redirects to {next.GetLeftPart(UriPartial.Path)}, which is not allowed", "Allow that address too, or use it directly.");
                continue;
            }

            if (response.StatusCode != HttpStatusCode.OK)
                return Failed(address, $"the server answers {(int)response.StatusCode}", "Check the address; no credentials are sent.");
            return ReadBody(address, response, cancel);
        }

        return Failed(address, $"it redirects more than {MostRedirects} times", "Use the final address.");
    }

    private static OrbDownloadResult ReadBody(Uri address, HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength > InputReader.MaximumBytes)
            return TooLarge(address);

        using var stream = response.Content.ReadAsStream(cancel);

        // A read that waits for a silent server ends only when the stream is closed under it.
        using var closing = cancel.Register(stream.Dispose);
        using var content = new MemoryStream();
        var buffer = new byte[32 * 1024];
        try
        {
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                if (content.Length + read > InputReader.MaximumBytes)
                    return TooLarge(address);
                content.Write(buffer, 0, read);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException && cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException("The orb took too long.", e, cancel);
        }

        cancel.ThrowIfCancellationRequested();
        return Utf8.IsValid(content.GetBuffer().AsSpan(0, (int)content.Length))
            ? new OrbDownloadResult.Fetched(content.ToArray())
            : Failed(address, "it is not UTF-8 text", "Check the address.");
    }

    private static string Describe(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the name of the server is not known",
        HttpRequestError.SecureConnectionError => "the server's certificate is not trusted",
        HttpRequestError.ConnectionError => "no connection to the server",
        HttpRequestError.ResponseEnded => "the connection broke off",
        _ => "the request failed",
    };

    private static OrbDownloadResult.Failed TooLarge(Uri address) =>
        Failed(address, $"it has more than {InputReader.MaximumBytes:N0} bytes", "Split the orb.");

    private static OrbDownloadResult.Failed Failed(Uri address, string why, string hint) =>
        new($"The URL orb {address.OriginalString} cannot be fetched: {why}.", hint);
}
