using System.Collections.Immutable;
using Google.Protobuf;
using Ringfence.Protocol;
using Ringfence.Protocol.Agents;

namespace Ringfence.Runner.Agents;

/// <summary>The files of a sandbox, through its agent.</summary>
/// <remarks>Every method throws <see cref="AgentRefusedException"/> when the agent cannot do it and <see cref="AgentLostException"/> when the sandbox has gone.</remarks>
public sealed class AgentFiles(AgentConnection connection)
{
    /// <summary>Puts an uncompressed tar into a folder, which is made when it is not there.</summary>
    public async Task<Done> PutAsync(PutTar put, Stream tar, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(tar);
        using var request = await connection.AskAsync(new ToAgent { PutTar = put }, cancel).ConfigureAwait(false);

        // The next part is read, which for a cache means decompressed, while one is on its way.
        var (buffer, next) = (new byte[Frames.PartLength], new byte[Frames.PartLength]);
        var sending = Task.CompletedTask;
        try
        {
            for (var isEnd = false; !isEnd; (buffer, next) = (next, buffer))
            {
                var count = await tar.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
                isEnd = count < buffer.Length;
                var part = new Part { Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, count)), End = isEnd };
                await sending.ConfigureAwait(false);
                sending = connection.SendAsync(request.Id, new ToAgent { Part = part }, cancel);
            }

            await sending.ConfigureAwait(false);
        }
        finally
        {
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await EndAsync(request, cancel).ConfigureAwait(false);
    }

    /// <summary>Reads files and folders as an uncompressed tar while <paramref name="take"/> consumes it.</summary>
    public async Task<(T Taken, Done Done)> GetAsync<T>(GetTar get, Func<Stream, CancellationToken, Task<T>> take, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(take);
        using var request = await connection.AskAsync(new ToAgent { GetTar = get }, cancel).ConfigureAwait(false);
        var tar = new AnswerStream(request, cancel);
        await using (tar.ConfigureAwait(false))
        {
            var taken = await take(tar, cancel).ConfigureAwait(false);
            return (taken, await tar.EndAsync().ConfigureAwait(false));
        }
    }

    /// <summary>Writes a small file.</summary>
    public async Task WriteAsync(WriteFile file, CancellationToken cancel)
    {
        using var request = await connection.AskAsync(new ToAgent { WriteFile = file }, cancel).ConfigureAwait(false);
        await EndAsync(request, cancel).ConfigureAwait(false);
    }

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="most">The most bytes that are taken.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<byte[]> ReadAsync(string path, long most, CancellationToken cancel)
    {
        using var request = await connection.AskAsync(new ToAgent { ReadFile = new ReadFile { Path = path, Most = (ulong)most } }, cancel).ConfigureAwait(false);
        using var content = new MemoryStream();
        while (true)
        {
            var next = await request.NextAsync(cancel).ConfigureAwait(false);
            if (next.Part is { } part)
                content.Write(part.Data.Span);
            else
                return next.Failure is { } failure ? throw new AgentRefusedException(failure) : content.ToArray();
        }
    }

    /// <summary>Reads a file piece by piece, for its digest.</summary>
    public async Task ReadAsync(string path, Action<ReadOnlySpan<byte>> take, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(take);
        using var request = await connection.AskAsync(new ToAgent { ReadFile = new ReadFile { Path = path } }, cancel).ConfigureAwait(false);
        while (true)
        {
            var next = await request.NextAsync(cancel).ConfigureAwait(false);
            if (next.Failure is { } failure)
                throw new AgentRefusedException(failure);
            if (next.Part is not { } part)
                return;
            take(part.Data.Span);
        }
    }

    /// <summary>Looks at a path, and makes a folder of it when asked to.</summary>
    public async Task<FileStat> LookAsync(string path, bool makeFolder, CancellationToken cancel)
    {
        using var request = await connection.AskAsync(new ToAgent { Stat = new Stat { Path = path, MakeFolder = makeFolder } }, cancel).ConfigureAwait(false);
        var next = await request.NextAsync(cancel).ConfigureAwait(false);
        return next.Stat ?? throw new AgentRefusedException(next.Failure ?? new Failure { Message = $"The agent said nothing about {path}." });
    }

    /// <summary>The paths below a folder that match any of the patterns, relative to it (EX-7.54).</summary>
    public async Task<ImmutableArray<string>> FindAsync(string directory, IEnumerable<string> patterns, CancellationToken cancel)
    {
        var glob = new Glob { Directory = directory };
        glob.Patterns.AddRange(patterns);
        using var request = await connection.AskAsync(new ToAgent { Glob = glob }, cancel).ConfigureAwait(false);
        var next = await request.NextAsync(cancel).ConfigureAwait(false);
        return next.Names is { } names ? [.. names.Names_] : throw new AgentRefusedException(next.Failure ?? new Failure { Message = "The agent found nothing." });
    }

    /// <summary>Begins to take values that steps want masked; they come to <see cref="AgentConnection.OnMask"/>.</summary>
    internal async Task ListenForMasksAsync(CancellationToken cancel)
    {
        using var request = await connection.AskAsync(new ToAgent { ListenForMasks = new ListenForMasks() }, cancel).ConfigureAwait(false);
        await EndAsync(request, cancel).ConfigureAwait(false);
    }

    /// <summary>Begins to take the call that continues a pipeline, and gives the port inside the sandbox.</summary>
    public async Task<int> ListenForContinuationAsync(string key, CancellationToken cancel)
    {
        using var request = await connection.AskAsync(new ToAgent { Listen = new ListenForContinuation { Key = key } }, cancel).ConfigureAwait(false);
        return (int)(await EndAsync(request, cancel).ConfigureAwait(false)).Port;
    }

    /// <summary>Ends every process of the sandbox, by force after a grace.</summary>
    public async Task EndAllAsync(TimeSpan grace, CancellationToken cancel)
    {
        using var request = await connection.AskAsync(new ToAgent { EndAll = new EndAll { Grace = (uint)grace.TotalMilliseconds } }, cancel).ConfigureAwait(false);
        await EndAsync(request, cancel).ConfigureAwait(false);
    }

    private static async Task<Done> EndAsync(AgentRequest request, CancellationToken cancel)
    {
        var next = await request.NextAsync(cancel).ConfigureAwait(false);
        return next.Done ?? throw new AgentRefusedException(next.Failure ?? new Failure { Message = "The agent answered something else." });
    }
}
