using System.Runtime.InteropServices;
using Ringfence.Agent.Native;

namespace Ringfence.Agent.Files;

/// <summary>Folders that no archive goes into: what the kernel makes up has no end that is worth keeping, and a link to the root of the sandbox leads to everything there is.</summary>
internal sealed unsafe partial class SystemFolder
{
    // More than the structure has on any processor; its first field is the kind.
    private const int LargestStructure = 256;

    /// <summary>Of the Linux ABI: the file systems that hold no files of anybody, from proc to selinuxfs.</summary>
    private static readonly uint[] OfKernel =
    [
        0x9fa0, 0x62656572, 0x27e0eb, 0x63677270, 0x1cd1, 0x64626720, 0x74726163, 0xcafe4a11, 0x73636673, 0x62656570, 0x6165676c, 0xde5e81e4, 0x19800202,
        0x42494e4d, 0x65735543, 0xf97cff8c,
    ];

    private static readonly string[] Known = ["/", "/proc", "/sys", "/dev"];

    private readonly Dictionary<ulong, bool> _isKernels = [];
    private readonly Dictionary<FileIdentity, string> _known = [];

    public SystemFolder()
    {
        foreach (var path in Known)
        {
            if (FileStatus.Of(path) is { } status)
                _known.TryAdd(status.Identity, path);
        }
    }

    /// <summary>What a folder is, when it is such a one; null otherwise.</summary>
    /// <param name="path">Its path, links resolved.</param>
    /// <param name="status">Its status.</param>
    /// <param name="followsLinks">Whether links are followed. Otherwise the root is one only when it is asked for, and then it is meant.</param>
    public string? WhatIs(string path, FileStatus status, bool followsLinks)
    {
        if (followsLinks && _known.TryGetValue(status.Identity, out var known))
            return known;

        // One question for each file system, not for each folder.
        if (!_isKernels.TryGetValue(status.Identity.Device, out var isKernels))
            _isKernels[status.Identity.Device] = isKernels = IsOfKernel(path);
        return isKernels ? path : null;
    }

    private static bool IsOfKernel(string path)
    {
        var structure = stackalloc byte[LargestStructure];
        return Status(path, structure) == 0 && OfKernel.AsSpan().Contains((uint)*(nint*)structure);
    }

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(string path, byte* structure);
}
