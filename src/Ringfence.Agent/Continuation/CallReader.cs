using System.Globalization;
using System.Text;

namespace Ringfence.Agent.Continuation;

/// <summary>Reads one HTTP call from a connection: its head, and its body by length or in chunks (RFC 9112). What could be read in two ways is refused.</summary>
internal sealed class CallReader(Stream connection)
{
    private const int LongestHead = 16 * 1024;
    private const int LongestLine = 1024;
    private const int LongestBody = 8 * 1024 * 1024;

    private readonly byte[] _buffer = new byte[LongestHead];
    private int _start;
    private int _end;

    /// <summary>The lines of the head, the request line first.</summary>
    /// <exception cref="IOException">The caller has gone.</exception>
    public async Task<string[]> HeadAsync(CancellationToken cancel)
    {
        var lines = new List<string>();
        for (var length = 0; length <= LongestHead;)
        {
            var line = await LineAsync(LongestHead, cancel).ConfigureAwait(false);
            if (line.Length == 0 && lines.Count > 0)
                return [.. lines];
            lines.Add(line);
            length += line.Length + 2;
        }

        throw new CallRefusedException("431 Request Header Fields Too Large", $"The head of the call is longer than {LongestHead} bytes.");
    }

    /// <summary>The body.</summary>
    /// <param name="head">The head.</param>
    /// <param name="goOn">Tells a caller that waits for it to send the body.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="CallRefusedException">There is none whose end is known, or it is too long.</exception>
    /// <exception cref="IOException">The caller has gone.</exception>
    public async Task<byte[]> BodyAsync(string[] head, Func<Task> goOn, CancellationToken cancel)
    {
        var lengths = Fields(head, "Content-Length").Distinct(StringComparer.Ordinal).ToArray();
        var codings = Fields(head, "Transfer-Encoding").ToArray();
        switch (lengths, codings)
        {
            case ([], []):
                throw new CallRefusedException("411 Length Required", "The call says neither how long its body is nor that it comes in chunks.");
            case ([], [var coding]) when coding.Equals("chunked", StringComparison.OrdinalIgnoreCase):
                await goOn().ConfigureAwait(false);
                return await ChunksAsync(cancel).ConfigureAwait(false);
            case ([], _):
                throw new CallRefusedException("501 Not Implemented", "Of all transfer codings only chunked is known here.");
            case ([var text], []) when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length):
                if (length > LongestBody)
                    throw TooLong();
                await goOn().ConfigureAwait(false);
                var body = new byte[length];
                await ExactlyAsync(body, cancel).ConfigureAwait(false);
                return body;
            default:
                throw new CallRefusedException("400 Bad Request", "The call says in several ways, or in a wrong one, how long its body is.");
        }
    }

    private async Task<byte[]> ChunksAsync(CancellationToken cancel)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var size = (await LineAsync(LongestLine, cancel).ConfigureAwait(false)).Split(';')[0].TrimEnd(' ', '\t');
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
                throw new CallRefusedException("400 Bad Request", "A chunk of the body does not say how long it is.");
            if (length == 0)
                break;
            if (body.Length + length > LongestBody)
                throw TooLong();
            var chunk = new byte[length];
            await ExactlyAsync(chunk, cancel).ConfigureAwait(false);
            body.Write(chunk);
            if ((await LineAsync(LongestLine, cancel).ConfigureAwait(false)).Length > 0)
                throw new CallRefusedException("400 Bad Request", "A chunk of the body is longer than it says.");
        }

        // What may follow the last chunk says nothing about it.
        for (var length = 0; await LineAsync(LongestLine, cancel).ConfigureAwait(false) is { Length: > 0 } line;)
        {
            if ((length += line.Length) > LongestHead)
                throw TooLong();
        }

        return body.ToArray();
    }

    private static CallRefusedException TooLong() => new("413 Content Too Large", "The configuration is too large.");

    private static IEnumerable<string> Fields(string[] head, string name) =>
        head.Skip(1).Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).SelectMany(line => line[(name.Length + 1)..].Split(',')).Select(value => value.Trim());

    private async Task<string> LineAsync(int longest, CancellationToken cancel)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end)
                await FillAsync(cancel).ConfigureAwait(false);
            var part = _buffer.AsSpan(_start, _end - _start);
            var end = part.IndexOf((byte)'\n');
            line.Append(Encoding.ASCII.GetString(end < 0 ? part : part[..end]));
            _start += end < 0 ? part.Length : end + 1;
            if (line.Length > longest)
                throw new CallRefusedException("400 Bad Request", $"A line of the call is longer than {longest} bytes.");
            if (end >= 0)
                return line.ToString().TrimEnd('\r');
        }
    }

    private async Task ExactlyAsync(Memory<byte> all, CancellationToken cancel)
    {
        var ready = Math.Min(all.Length, _end - _start);
        _buffer.AsMemory(_start, ready).CopyTo(all);
        _start += ready;
        await connection.ReadExactlyAsync(all[ready..], cancel).ConfigureAwait(false);
    }

    private async Task FillAsync(CancellationToken cancel)
    {
        (_start, _end) = (0, await connection.ReadAsync(_buffer, cancel).ConfigureAwait(false));
        if (_end == 0)
            throw new IOException("The call ends too early.");
    }
}
