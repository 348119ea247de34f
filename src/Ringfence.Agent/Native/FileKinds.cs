using System.Runtime.InteropServices;

namespace Ringfence.Agent.Native;

/// <summary>Tells files from sockets, pipes and devices, which .NET does not.</summary>
internal static unsafe partial class FileKinds
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint AskForType = 1;
    private const int StructureLength = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const int Link = 0xA000;

    /// <summary>Whether it is a file, a folder or a link; a link is not followed.</summary>
    public static bool IsOrdinary(string path)
    {
        var buffer = stackalloc byte[StructureLength];
        return Statx(CurrentFolder, path, DoNotFollow, AskForType, buffer) == 0
            && (*(ushort*)(buffer + ModeOffset) & TypeMask) is Regular or Folder or Link;
    }

    // Unlike stat, its structure is the same on every processor.
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* result);
}
