namespace Ringfence.Bench;

/// <summary>A config to measure with.</summary>
internal sealed record Sample(string Name, string Text)
{
    /// <summary>The corpus beside the repository; configs of several sizes made here when it is not there.</summary>
    public static IReadOnlyList<Sample> Corpus()
    {
        var folder = Path.Combine(Repository(), "..", "shared", "corpus", "configs");
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.yml").Order(StringComparer.Ordinal).Select(f => new Sample(Path.GetFileName(f), File.ReadAllText(f)))]
            : [.. Enumerable.Range(1, 40).Select(i => ThousandLines.Make(i * 50))];
    }

    public int Lines => Text.Count(c => c == '\n');

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ringfence.slnx")))
                return folder.FullName;
        }

        return Environment.CurrentDirectory;
    }
}
