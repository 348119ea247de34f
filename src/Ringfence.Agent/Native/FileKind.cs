namespace Ringfence.Agent.Native;

/// <summary>What an entry of a folder is.</summary>
internal enum FileKind
{
    /// <summary>A socket, a pipe or a device.</summary>
    Other,

    /// <summary>A file with content.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,
}
