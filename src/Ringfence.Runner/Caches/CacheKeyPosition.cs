namespace Ringfence.Runner.Caches;

/// <summary>A place in a key template as Go counts it: lines from 1, columns in bytes from 0.</summary>
internal readonly record struct CacheKeyPosition(int Line, int Column)
{
    public static CacheKeyPosition Of(string text, int index)
    {
        var before = text.AsSpan(0, index);
        var lineStart = before.LastIndexOf('\n') + 1;
        return new CacheKeyPosition(1 + before.Count('\n'), System.Text.Encoding.UTF8.GetByteCount(before[lineStart..]));
    }
}
