using System.Diagnostics;

namespace Ringfence.Tests.Shared;

/// <summary>
/// Programs that tests make and start. Another process writes them: what this one has open for writing, a child that some other test starts holds open for a moment too,
/// and the kernel starts no program that somebody may write to ("Text file busy").
/// </summary>
internal static class Executables
{
    /// <summary>Puts a copy of a file where it is started from.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">Where it goes; the folder is made, and what is there is replaced.</param>
    /// <param name="mode">Its mode in octal.</param>
    public static void Install(string from, string to, string mode = "755")
    {
        using var install = Process.Start(new ProcessStartInfo("install", ["-D", "-m", mode, from, to]))!;
        install.WaitForExit();
        Assert.True(install.ExitCode == 0, $"{to} could not be made.");
    }

    /// <summary>Makes a script.</summary>
    public static void Write(string path, string script, string mode = "755")
    {
        var draft = Path.GetTempFileName();
        File.WriteAllText(draft, script);
        Install(draft, path, mode);
        File.Delete(draft);
    }
}
