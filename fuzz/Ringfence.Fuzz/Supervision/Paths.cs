namespace Ringfence.Fuzz.Supervision;

/// <summary>Where a run keeps what it finds.</summary>
internal sealed class Paths(string repository, string target)
{
    public string Repository => repository;

    /// <summary>Inputs that were worth keeping; the next run begins with them.</summary>
    public string Kept { get; } = Made(repository, "fuzz", "kept", target);

    /// <summary>Inputs that break something.</summary>
    public string Crashes { get; } = Made(repository, "fuzz", "crashes");

    /// <summary>The input that is being run, so that it is known when it takes the process along.</summary>
    public string Current => Path.Combine(repository, "fuzz", "kept", $"{target}.current");

    /// <summary>Saves a finding and says where.</summary>
    public string Save(string key, string detail, string input)
    {
        var name = string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        var file = Path.Combine(Crashes, $"{target}-{name[..Math.Min(80, name.Length)]}");
        InputFile.Write(file + ".input", input);
        File.WriteAllText(file + ".txt", detail);
        return file;
    }

    public static string FindRepository()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ringfence.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Run this inside of the repository.");
    }

    private static string Made(params string[] parts) => Directory.CreateDirectory(Path.Combine(parts)).FullName;
}
