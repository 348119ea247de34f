namespace Ringfence.Runner.Archives;

/// <summary>What a header of a tar says.</summary>
internal readonly record struct TarItem(string Name, long Size, bool IsFile, bool IsLink);
