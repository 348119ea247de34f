namespace Ringfence.Runner.Sandboxes.Process;

/// <summary>The file that tells a job with a network of its own which name server to ask.</summary>
internal static class NameServers
{
    private const string OfMachine = "/etc/resolv.conf";
    private const int MostLinks = 8;

    /// <summary>Writes it into a folder of the job.</summary>
    /// <returns>The file, and the path at which the job has to have it; null when this machine has none.</returns>
    public static (string File, string Place)? Write(string folder)
    {
        if (Place() is not { } place)
            return null;
        var file = Path.Combine(folder, "resolv.conf");

        // Where names are looked for stays as it is.
        File.WriteAllLines(file, [$"nameserver {WayOut.NameServer}", .. File.ReadLines(OfMachine).Where(line => line.StartsWith("search", StringComparison.Ordinal) || line.StartsWith("options", StringComparison.Ordinal))]);
        return (file, place);
    }

    // On many systems it is a link out of /etc. A file can be mounted at its end, but not over the link.
    private static string? Place()
    {
        var place = OfMachine;
        for (var links = 0; links < MostLinks; links++)
        {
            if (new FileInfo(place).LinkTarget is not { } target)
                return File.Exists(OfMachine) ? place : null;
            place = Path.GetFullPath(target, Path.GetDirectoryName(place)!);
        }

        return null;
    }
}
