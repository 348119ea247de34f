using System.Buffers;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Ringfence.Gate.Matching;

namespace Ringfence.Gate.Archives;

/// <summary>
/// Searches files that leave a job: artifacts, caches, workspaces, test results (MSK-7). Looks inside gzip, Zstandard, zip and tar, also within one
/// another, without writing anything anywhere. It refuses nothing and rewrites nothing; that is the caller's decision. Safe to share between threads.
/// </summary>
/// <remarks>The raw bytes of everything are searched as well, so a secret beside the entries of an archive, in a comment or behind its end, is found too.</remarks>
public sealed class GateScan(SecretMatcher matcher, ScanLimits limits)
{
    private readonly SearchPool _pool = new(matcher);

    /// <summary>Searches a stream to its end; it is not closed. A zip that is not inside of anything SHOULD come as a stream that can seek.</summary>
    /// <param name="stream">The content.</param>
    /// <param name="name">The name that reports show; it is searched too.</param>
    /// <param name="cancel">Stops between two reads.</param>
    public async Task<ScanReport> ScanAsync(Stream stream, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        using var scan = new OneScan(_pool, limits);
        scan.Name(name, name);
        await scan.ContentAsync(stream, name, layers: 0, cancel);
        return scan.Report();
    }

    /// <summary>Searches names: of files, caches, tests, branches.</summary>
    public ScanReport ScanNames(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        using var scan = new OneScan(_pool, limits);
        foreach (var name in names)
            scan.Name(name, name);
        return scan.Report();
    }

    /// <summary>Searches texts that were read out of a file, each with the path that reports show.</summary>
    public ScanReport ScanTexts(IEnumerable<(string Text, string Path)> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using var scan = new OneScan(_pool, limits);
        foreach (var (text, path) in texts)
            scan.Text(text, path);
        return scan.Report();
    }

    private sealed class OneScan(SearchPool pool, ScanLimits limits) : IDisposable
    {
        // One for each layer that is being read, and one for names; not zeroed in between.
        private readonly Stack<SearchParts> _idle = [];
        private readonly ScanBudget _budget = new(limits);
        private readonly List<Caught> _caught = [];
        private readonly List<UnknownContent> _unknown = [];

        public void Dispose()
        {
            while (_idle.TryPop(out var parts))
                pool.Return(parts);
        }

        public ScanReport Report() => new([.. _caught.Take(Findings.Most)], [.. _unknown]);

        public void Name(string name, string path) => Add(Find(name, path).Select(caught => caught with { Form = $"name of the file, {caught.Form}" }));

        public void Text(string text, string path) => Add(Find(text, path));

        private ImmutableArray<Caught> Find(string text, string path)
        {
            var parts = Take();
            var findings = new Findings();
            var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
            parts.Search.Begin(path, findings);
            parts.Search.Whole(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
            _idle.Push(parts);
            return findings.Count > 0 ? findings.ToImmutable() : [];
        }

        public async ValueTask ContentAsync(Stream stream, string path, int layers, CancellationToken cancel)
        {
            var findings = new Findings();
            var parts = Take();
            await using var searched = new SearchedStream(stream, parts, path, findings);
            var before = _caught.Count;
            try
            {
                var start = await searched.PeekAsync(ContentSniffer.Length, cancel);
                var kind = ContentSniffer.KindOf(start.Span);
                if (kind != ContentKind.Other)
                    await InsideAsync(kind, stream, searched, path, layers + 1, cancel);
                await searched.DrainAsync(cancel);
            }
            finally
            {
                // Found is found, also when a limit ends the look.
                searched.Complete();
                _idle.Push(parts);
                if (findings.Count > 0)
                    AddUnlessInside(findings, before);
            }
        }

        private async ValueTask InsideAsync(ContentKind kind, Stream stream, SearchedStream searched, string path, int layers, CancellationToken cancel)
        {
            try
            {
                if (layers > limits.Depth)
                    throw new ScanStoppedException($"It lies in more than {limits.Depth} archives.");
                switch (kind)
                {
                    case ContentKind.Gzip:
                        await using (var gzip = new GzipStreams(searched))
                            await ExpandedAsync(gzip, () => searched.Count, path, layers, cancel);
                        break;
                    case ContentKind.Zstandard:
                        await using (var zstd = new ZstdSharp.DecompressionStream(searched, leaveOpen: true))
                            await ExpandedAsync(zstd, () => searched.Count, path, layers, cancel);
                        break;
                    case ContentKind.Tar:
                        await TarWalk.GoAsync(searched, _budget, (name, link, content) => EntryAsync(content, name, link, path, layers, cancel), cancel);
                        break;
                    case ContentKind.Zip:
                        await ZipAsync(stream, searched, path, layers, cancel);
                        break;
                    default:
                        AddUnknown(path, "It is compressed in a way that the gate cannot undo.");
                        break;
                }
            }
            catch (ScanStoppedException e)
            {
                AddUnknown(path, e.Message);
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ZstdSharp.ZstdException)
            {
                AddUnknown(path, "It is damaged, cut off or encrypted.");
            }
        }

        private ValueTask ExpandedAsync(Stream expanded, Func<long> compressedBytes, string path, int layers, CancellationToken cancel) =>
            ContentAsync(new ExpandedStream(expanded, compressedBytes, _budget), path, layers, cancel);

        private async ValueTask EntryAsync(Stream content, string name, string link, string path, int layers, CancellationToken cancel)
        {
            var inside = $"{path}!{name}";
            Name(name, inside);
            if (link.Length > 0)
                Name(link, inside);
            await ContentAsync(content, inside, layers, cancel);
        }

        /// <summary>The directory of a zip stands at its end: read where it lies if that is possible, otherwise in memory.</summary>
        private async ValueTask ZipAsync(Stream stream, SearchedStream searched, string path, int layers, CancellationToken cancel)
        {
            if (layers == 1 && stream.CanSeek)
            {
                await searched.DrainAsync(cancel);
                await EntriesAsync(stream, path, layers, cancel);
                return;
            }

            using var held = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (await searched.ReadAsync(buffer, cancel) is var count && count > 0)
            {
                if (held.Length + count > limits.NestedZipBytes)
                    throw new ScanStoppedException($"It is a zip of more than {limits.NestedZipBytes} bytes inside of something else.");
                held.Write(buffer.AsSpan(0, count));
            }

            await EntriesAsync(held, path, layers, cancel);
        }

        private async ValueTask EntriesAsync(Stream zip, string path, int layers, CancellationToken cancel)
        {
            ZipDirectory.Check(zip, limits);
            zip.Position = 0;
            using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in archive.Entries)
            {
                _budget.TakeEntry();
                if (entry.IsEncrypted)
                {
                    AddUnknown($"{path}!{entry.FullName}", "It is encrypted.");
                    continue;
                }

                await ZipEntryAsync(entry, path, layers, cancel);
            }

            if (zip.CanSeek)
                zip.Position = zip.Length;
        }

        /// <summary>What cannot be read of one entry hides nothing of the others.</summary>
        private async ValueTask ZipEntryAsync(ZipArchiveEntry entry, string path, int layers, CancellationToken cancel)
        {
            var inside = $"{path}!{entry.FullName}";
            try
            {
                await using var content = await entry.OpenAsync(cancel);
                await EntryAsync(new ExpandedStream(content, () => entry.CompressedLength, _budget), entry.FullName, entry.Comment, path, layers, cancel);
            }
            catch (ScanStoppedException e) when (!_budget.IsSpent)
            {
                AddUnknown(inside, e.Message);
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
            {
                AddUnknown(inside, "It is damaged, or compressed in a way that the gate cannot undo.");
            }
        }

        private SearchParts Take() => _idle.TryPop(out var parts) ? parts : pool.Take();

        /// <summary>What was found in an entry is not said a second time for the archive around it.</summary>
        private void AddUnlessInside(Findings findings, int before)
        {
            var inside = _caught.Skip(before).Select(caught => caught.Secret).ToHashSet(StringComparer.Ordinal);
            Add(findings.ToImmutable().Where(caught => !inside.Contains(caught.Secret)));
        }

        private void AddUnknown(string path, string reason)
        {
            if (_unknown.Count < Findings.Most)
                _unknown.Add(new UnknownContent(path, reason));
        }

        private void Add(IEnumerable<Caught> caught) => _caught.AddRange(caught.Take(Math.Max(0, Findings.Most - _caught.Count)));
    }
}
