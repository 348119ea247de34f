using System.Runtime.InteropServices;

namespace Ringfence.Agent.Native;

/// <summary>What the kernel says of a file with one call, where .NET needs several and says less.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Who may do what with it.</param>
/// <param name="User">The number of its owner.</param>
/// <param name="Group">The number of its group.</param>
/// <param name="Changed">When its content changed, to 100 nanoseconds.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Names">How many names it has.</param>
/// <param name="Identity">What is the same for all of them, and for nothing else.</param>
internal readonly unsafe partial record struct FileStatus(FileKind Kind, UnixFileMode Mode, int User, int Group, DateTimeOffset Changed, ulong Size, uint Names, FileIdentity Identity)
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint BasicStatus = 0x7ff;
    private const int ModeBits = 0xfff;
    private const int NanosecondsPerTick = 100;

    /// <summary>The status of a file, of a link itself; null when there is none or nobody may ask.</summary>
    public static FileStatus? Of(string path)
    {
        if (Statx(CurrentFolder, path, DoNotFollow, BasicStatus, out var found) != 0)
            return null;
        var kind = (found.Mode & 0xf000) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0xa000 => FileKind.Link,
            _ => FileKind.Other,
        };
        return new FileStatus(kind, (UnixFileMode)(found.Mode & ModeBits), (int)found.User, (int)found.Group, DateTimeOffset.FromUnixTimeSeconds(found.ChangedSeconds).AddTicks(found.ChangedNanoseconds / NanosecondsPerTick), found.Size, found.Links, new FileIdentity(((ulong)found.DeviceMajor << 32) | found.DeviceMinor, found.Number));
    }

    // Unlike stat, its structure is the same on every processor.
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out Structure result);

    /// <summary>Of the Linux ABI: <c>struct statx</c>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Structure
    {
        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(20)]
        public uint User;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(112)]
        public long ChangedSeconds;

        [FieldOffset(120)]
        public uint ChangedNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
