using System.Globalization;

namespace Ringfence.Gate.Archives;

/// <summary>What one scan may still take.</summary>
internal sealed class ScanBudget(ScanLimits limits)
{
    private long _expanded;
    private int _entries;

    public ScanLimits Limits { get; } = limits;

    /// <summary>Whether nothing more may be expanded.</summary>
    public bool IsSpent => _expanded > Limits.ExpandedBytes;

    public void TakeExpanded(int bytes)
    {
        _expanded += bytes;
        if (_expanded > Limits.ExpandedBytes)
            throw new ScanStoppedException(string.Create(CultureInfo.InvariantCulture, $"Everything together expands to more than {Limits.ExpandedBytes} bytes."));
    }

    public void TakeEntry()
    {
        if (++_entries > Limits.Entries)
            throw new ScanStoppedException(string.Create(CultureInfo.InvariantCulture, $"There are more than {Limits.Entries} entries."));
    }
}
