using System.ComponentModel;
using System.Diagnostics;

namespace Ringfence.Runner.Sandboxes;

/// <summary>Removes what .NET cannot: names of files are bytes, and some of them are not UTF-8.</summary>
internal static class StubbornFolder
{
    // Neither follows links that it finds below the folder.
    private const string Script = "chmod -R u+rwx -- \"$1\" 2>/dev/null; exec rm -rf -- \"$1\"";
    private const int MostErrors = 2000;
    private const int MostReasons = 5;

    /// <summary>Removes a folder by the system's own programs, after its modes have been changed so that they can.</summary>
    /// <exception cref="IOException">Something in it cannot be removed.</exception>
    public static void Remove(string folder)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", Path.GetFullPath(folder)]) { RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        if (Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path)
            start.Environment["PATH"] = path;
        try
        {
            using var process = System.Diagnostics.Process.Start(start)!;
            var said = new char[MostErrors];
            var length = process.StandardError.ReadBlock(said, 0, said.Length);
            process.StandardError.BaseStream.CopyTo(Stream.Null);
            process.WaitForExit();
            if (process.ExitCode != 0 || Directory.Exists(folder))
                throw new IOException($"{folder} cannot be removed: {Reasons(new string(said, 0, length))}");
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{folder} cannot be removed: /bin/sh cannot be started: {e.Message}", e);
        }
    }

    /// <summary>Why, without the names: a job chose them, and this is said where its secrets are not known any more (MSK-7).</summary>
    private static string Reasons(string said)
    {
        var reasons = said.Split('\n').Where(line => line.StartsWith("rm: ", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal))
            .Select(line => line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].Trim()).Distinct(StringComparer.Ordinal).Take(MostReasons).ToList();
        return reasons.Count > 0 ? string.Join("; ", reasons) : "rm has failed";
    }
}
