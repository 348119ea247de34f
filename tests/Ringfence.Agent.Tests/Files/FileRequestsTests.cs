using System.Diagnostics;
using System.Formats.Tar;
using Google.Protobuf;
using Ringfence.Agent.Files;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Tests.Files;

/// <summary>Each request of the runner is answered: it would wait until the time of the job is over.</summary>
public sealed class FileRequestsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-requests-");
    private readonly RunnerEnd _runner = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_archive_that_fails_in_a_way_that_nobody_thought_of_is_refused_and_read_to_its_end()
    {
        using var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "to\0nowhere" }, Cancel);
        var requests = new FileRequests(_runner.Writer);

        await requests.HandleAsync(new ToAgent { Id = 7, PutTar = new PutTar { Directory = _folder.FullName } }, Cancel);
        await SendAsync(requests, archive.ToArray());

        // More than waits for a reader: the session would stand still.
        for (var i = 0; i < 100; i++)
            await requests.HandleAsync(new ToAgent { Id = 7, Part = new Part { Data = ByteString.CopyFrom(1) } }, Cancel);
        await requests.HandleAsync(new ToAgent { Id = 7, Part = new Part { End = true } }, Cancel);

        var answer = await _runner.NextAsync();
        Assert.Equal((7u, FailureKind.Other), (answer.Id, answer.Failure.Kind));
        Assert.Contains("Null character", answer.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_is_not_read_for_as_long_as_somebody_may_write_to_it()
    {
        var pipe = Path.Combine(_folder.FullName, "pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync(Cancel);
        var link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, pipe);
        var requests = new FileRequests(_runner.Writer);

        foreach (var (id, path) in new[] { (1u, pipe), (2u, link), (3u, "/dev/zero") })
        {
            await requests.HandleAsync(new ToAgent { Id = id, ReadFile = new ReadFile { Path = path, Most = 10 } }, Cancel);

            var answer = await _runner.NextAsync();
            Assert.Equal(id, answer.Id);
            Assert.Equal($"{path} is a pipe, a socket or a device; only files are read.", answer.Failure.Message);
        }
    }

    private static async Task SendAsync(FileRequests requests, byte[] content) =>
        await requests.HandleAsync(new ToAgent { Id = 7, Part = new Part { Data = ByteString.CopyFrom(content) } }, Cancel);
}
