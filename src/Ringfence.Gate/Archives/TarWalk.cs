using System.Globalization;
using System.Text;

namespace Ringfence.Gate.Archives;

/// <summary>Goes through a tar from front to back. It trusts no length: what a header claims is read piece by piece, never allocated at once.</summary>
internal static class TarWalk
{
    /// <param name="tar">The archive, from its beginning.</param>
    /// <param name="budget">Ends the walk when it is used up.</param>
    /// <param name="visit">Gets the name, the link's target, and the content, which it need not read to its end.</param>
    /// <param name="cancel">Stops between two reads.</param>
    public static async Task GoAsync(Stream tar, ScanBudget budget, Func<string, string, BoundedStream, ValueTask> visit, CancellationToken cancel)
    {
        var block = new byte[TarHeader.Length];
        string? longName = null;
        string? longLink = null;
        long? longSize = null;
        while (await tar.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancel) is var count && count > 0)
        {
            if (!block.AsSpan().ContainsAnyExcept((byte)0))
                return;
            if (count < block.Length || !TarHeader.TryRead(block, out var header))
                throw new InvalidDataException("The tar is cut off or damaged.");

            budget.TakeEntry();
            var isExtension = header.Type is 'L' or 'K' or 'x';
            var size = isExtension ? header.Size : longSize ?? header.Size;
            var content = new BoundedStream(tar, size);
            switch (header.Type)
            {
                case 'L':
                    longName = await TextAsync(content, budget, cancel);
                    break;
                case 'K':
                    longLink = await TextAsync(content, budget, cancel);
                    break;
                case 'x':
                    var records = await TextAsync(content, budget, cancel);
                    longName = Record(records, "path") ?? longName;
                    longLink = Record(records, "linkpath") ?? longLink;
                    longSize = Size(Record(records, "size")) ?? longSize;
                    break;
                default:
                    await visit(longName ?? header.Name, longLink ?? header.LinkName, content);
                    (longName, longLink, longSize) = (null, null, null);
                    break;
            }

            await content.SkipAsync(cancel);
            await new BoundedStream(tar, (TarHeader.Length - (size % TarHeader.Length)) % TarHeader.Length).SkipAsync(cancel);
        }
    }

    private static async Task<string> TextAsync(BoundedStream content, ScanBudget budget, CancellationToken cancel)
    {
        if (content.Left > budget.Limits.HeaderBytes)
            throw new ScanStoppedException($"A header is longer than {budget.Limits.HeaderBytes} bytes.");
        var text = new byte[(int)content.Left];
        await content.ReadExactlyAsync(text, cancel);
        return Encoding.UTF8.GetString(text).TrimEnd('\0');
    }

    /// <summary>What is larger than a header can say.</summary>
    private static long? Size(string? record) =>
        record is null ? null
        : long.TryParse(record, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size
        : throw new InvalidDataException("A header of the tar says no size.");

    /// <summary>A value of a pax header: lines of length, space, key, equals sign, value.</summary>
    private static string? Record(string records, string key) =>
        records.Split('\n').Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).LastOrDefault(line => line.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];
}
