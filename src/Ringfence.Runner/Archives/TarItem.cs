namespace Ringfence.Runner.Archives;

/// <summary>What a header of a tar says.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Size">Bytes of its content.</param>
/// <param name="IsFile">Whether it is a file with content.</param>
/// <param name="IsLink">Whether it is a symbolic link.</param>
/// <param name="First">Of one more name of a file, the name that the file had before in this archive; otherwise null.</param>
internal readonly record struct TarItem(string Name, long Size, bool IsFile, bool IsLink, string? First = null);
