using System.Text;

namespace Ringfence.Runner.Checkout;

/// <summary>The git config of a snapshot: written anew, so that nothing of the user's comes along but what the files need.</summary>
internal static class SnapshotConfig
{
    private static readonly string[] Kept = ["autocrlf", "eol", "filemode", "symlinks", "ignorecase"];

    /// <summary>The text of the file.</summary>
    public static string Write(WorkingCopy copy)
    {
        var promisor = copy.Setting("extensions.partialclone") ?? (copy.Setting("remote.origin.promisor") == "true" ? "origin" : null);
        var isPartial = promisor == "origin";
        var text = new StringBuilder();
        text.Append("[core]\n\trepositoryformatversion = ").Append(copy.IsSha256 || isPartial ? '1' : '0').Append("\n\tbare = false\n\tlogallrefupdates = true\n");
        // A tar keeps whole seconds and no inodes: with these, git sees in a job which files are as they were without reading them all.
        text.Append("\tcheckStat = minimal\n\ttrustctime = false\n");
        foreach (var name in Kept)
        {
            if (copy.Setting("core." + name) is { } value)
                text.Append('\t').Append(name).Append(" = ").Append(Quote(value)).Append('\n');
        }

        // EX-7.12
        text.Append("[gc]\n\tauto = 0\n");
        if (copy.IsSha256 || isPartial)
            text.Append("[extensions]\n").Append(copy.IsSha256 ? "\tobjectformat = sha256\n" : "").Append(isPartial ? "\tpartialclone = origin\n" : "");
        if (Origin(copy) is { } url)
        {
            text.Append("[remote \"origin\"]\n\turl = ").Append(Quote(url)).Append("\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n");
            if (isPartial)
                text.Append("\tpromisor = true\n\tpartialclonefilter = ").Append(Quote(copy.Setting("remote.origin.partialclonefilter") ?? "blob:none")).Append('\n');
        }

        return text.ToString();
    }

    private static string? Origin(WorkingCopy copy) =>
        copy.Settings.FirstOrDefault(s => s.Name == "remote.origin.url").Value is { } url ? OriginUrl.WithoutCredentials(url) : null;

    private static string Quote(string value)
    {
        var clean = new string([.. value.Where(c => !char.IsControl(c))]);
        return $"\"{clean.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
