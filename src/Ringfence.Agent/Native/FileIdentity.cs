namespace Ringfence.Agent.Native;

/// <summary>Which file it is, whatever its name: two names of one file have the same.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Number">The inode in it.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number);
