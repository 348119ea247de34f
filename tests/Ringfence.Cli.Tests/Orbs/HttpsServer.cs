using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ringfence.Cli.Tests.Orbs;

/// <summary>A real HTTPS server on this machine with a certificate of its own; it answers each path with the bytes it was given.</summary>
internal sealed class HttpsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, byte[]> _answers = new(StringComparer.Ordinal);
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private readonly Task _serving;
    private int _requests;

    public HttpsServer()
    {
        _listener.Start();
        _serving = Serve();
    }

    /// <summary>Where the server is, with a slash at the end.</summary>
    public string Url => $"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>How many requests were answered.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Answers a path with a status line, headers and a body.</summary>
    public HttpsServer WithAnswer(string path, string status, string headers = "", string body = "", bool withLength = true)
    {
        var length = withLength ? $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n" : "";
        return WithBytes(path, Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{headers}{length}Connection: close\r\n\r\n{body}"));
    }

    public HttpsServer WithBytes(string path, byte[] answer)
    {
        _answers[path] = answer;
        return this;
    }

    /// <summary>A handler that trusts this server's certificate and no other.</summary>
    public HttpMessageHandler Handler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString() },
    };

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Stop();
        _certificate.Dispose();
        _stopping.Dispose();
    }

    private async Task Serve()
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(Answer(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task Answer(TcpClient client)
    {
        try
        {
            using var _ = client;
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
            var buffer = new byte[8192];
            var length = await tls.ReadAsync(buffer, _stopping.Token);
            if (Encoding.ASCII.GetString(buffer, 0, length).Split(' ') is not [_, var path, ..])
                return;
            Interlocked.Increment(ref _requests);
            if (_answers.TryGetValue(path, out var answer))
                await tls.WriteAsync(answer, _stopping.Token);
            else
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stopping.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone, or did not like the certificate.
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
