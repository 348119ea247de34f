using Ringfence.Agent.Native;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Files;

/// <summary>Carries out what the runner asks of the files of the sandbox. Transfers run beside each other and beside steps.</summary>
/// <remarks>Each request is answered, also where the fault is ours: the runner would wait for the answer until the time of the job is over.</remarks>
internal sealed class FileRequests(FrameWriter writer)
{
    private const UnixFileMode UsualMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly Dictionary<uint, PartReader> _arriving = [];

    /// <summary>Carries out one request, or begins to; a request that is none of files is not answered.</summary>
    public async ValueTask HandleAsync(ToAgent message, CancellationToken cancel)
    {
        switch (message.KindCase)
        {
            case ToAgent.KindOneofCase.PutTar:
                var parts = _arriving[message.Id] = new PartReader();
                _ = Task.Run(() => ReceiveAsync(message.Id, message.PutTar, parts, cancel), cancel);
                break;
            case ToAgent.KindOneofCase.Part when _arriving.TryGetValue(message.Id, out var open):
                await open.TakeAsync(message.Part.Data.Memory, message.Part.End, cancel).ConfigureAwait(false);
                if (message.Part.End)
                    _arriving.Remove(message.Id);
                break;
            case ToAgent.KindOneofCase.GetTar:
                _ = Task.Run(() => Try(message.Id, message.GetTar.Directory, () => Send(message.Id, message.GetTar)), cancel);
                break;
            case ToAgent.KindOneofCase.ReadFile:
                _ = Task.Run(() => Try(message.Id, message.ReadFile.Path, () => Send(message.Id, message.ReadFile)), cancel);
                break;
            case ToAgent.KindOneofCase.WriteFile:
                Try(message.Id, message.WriteFile.Path, () => Write(message.Id, message.WriteFile));
                break;
            case ToAgent.KindOneofCase.Stat:
                Try(message.Id, message.Stat.Path, () => writer.Send(new FromAgent { Id = message.Id, Stat = Look(message.Stat) }));
                break;
            case ToAgent.KindOneofCase.Glob:
                Try(message.Id, message.Glob.Directory, () => Find(message.Id, message.Glob));
                break;
        }
    }

    private async Task ReceiveAsync(uint id, PutTar request, PartReader parts, CancellationToken cancel)
    {
        try
        {
            var done = await new TarIn(request).ReadAsync(parts, cancel).ConfigureAwait(false);

            // Also what is behind the end of the archive: the session would wait for somebody to take it.
            await parts.DropAsync(cancel).ConfigureAwait(false);
            writer.Send(new FromAgent { Id = id, Done = done });
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            await parts.DropAsync(cancel).ConfigureAwait(false);
            writer.Send(new FromAgent { Id = id, Failure = FileFailures.Of(e, request.Directory) });
        }
    }

    private void Send(uint id, GetTar request)
    {
        var output = new PartStream(id, writer);
        var done = new TarOut(request, output).Write();
        done.Bytes = output.Sent;
        writer.Send(new FromAgent { Id = id, Done = done });
    }

    private void Send(uint id, ReadFile request)
    {
        if (FileStatus.Of(Real(request.Path))?.Kind is FileKind.Other)
        {
            // A pipe would keep us waiting, and some devices have no end.
            writer.Send(new FromAgent { Id = id, Failure = new Failure { Kind = FailureKind.Other, Message = $"{request.Path} is a pipe, a socket or a device; only files are read.", Path = request.Path } });
            return;
        }

        using var file = new FileStream(request.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (request.Most > 0 && (ulong)file.Length > request.Most)
        {
            writer.Send(new FromAgent { Id = id, Failure = new Failure { Kind = FailureKind.TooLarge, Message = $"{request.Path} has {file.Length} bytes; at most {request.Most} are taken.", Path = request.Path } });
            return;
        }

        var output = new PartStream(id, writer);
        file.CopyTo(output);
        output.Flush();
        writer.Send(new FromAgent { Id = id, Done = new Done { Bytes = output.Sent, Files = 1 } });
    }

    private void Write(uint id, WriteFile request)
    {
        if (request.MakeFolders && Path.GetDirectoryName(request.Path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        var options = new FileStreamOptions
        {
            Mode = request.Append ? FileMode.Append : FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = request.Mode == 0 ? UsualMode : (UnixFileMode)request.Mode,
        };
        using (var file = new FileStream(request.Path, options))
            file.Write(request.Data.Span);
        writer.Send(new FromAgent { Id = id, Done = new Done { Bytes = (ulong)request.Data.Length, Files = 1 } });
    }

    private static FileStat Look(Stat request)
    {
        if (request.MakeFolder && !Path.Exists(request.Path))
            Directory.CreateDirectory(request.Path);
        if (Directory.Exists(request.Path))
            return new FileStat { Exists = true, IsFolder = true, IsEmpty = !Directory.EnumerateFileSystemEntries(request.Path).Any(), RealPath = Real(request.Path) };
        var file = new FileInfo(request.Path);
        return file.Exists ? new FileStat { Exists = true, Size = (ulong)file.Length, RealPath = Real(request.Path) } : new FileStat();
    }

    private static string Real(string path) => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    private void Find(uint id, Glob request)
    {
        var names = new Names();
        names.Names_.AddRange(request.Patterns.SelectMany(pattern => GoGlob.Find(request.Directory, pattern)).Distinct(StringComparer.Ordinal));
        writer.Send(new FromAgent { Id = id, Names = names });
    }

    private void Try(uint id, string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            writer.Send(new FromAgent { Id = id, Failure = FileFailures.Of(e, path) });
        }
    }
}
