using System.IO.Enumeration;

namespace Ringfence.Runner.Checkout;

/// <summary>Makes the snapshot of a run: a repository with history when the code is in git, else a copy of the folder. What is copied from is never changed.</summary>
public static class SourceSnapshots
{
    private const int ShortLength = 7;

    /// <summary>Makes it. What was written when it fails or is cancelled stays in the folder, for the caller to remove.</summary>
    /// <exception cref="SourceException">The code cannot be had; the message says why.</exception>
    public static async Task<SourceSnapshot> MakeAsync(SourceRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        request = request with { Folder = Path.GetFullPath(request.Folder), Into = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Into)) };
        if (!Directory.Exists(request.Folder))
            throw new SourceException($"There is no folder {request.Folder}.", "name the folder of the project");
        if (Path.Exists(request.Into) && (!Directory.Exists(request.Into) || Directory.EnumerateFileSystemEntries(request.Into).Any()))
            throw new SourceException($"{request.Into} is not empty, so no snapshot can be made there.", "name another folder");

        try
        {
            var root = WorkingCopy.FindRoot(request.Folder);
            if (root is null && WorkingCopy.IsInBare(request.Folder))
                throw new SourceException($"{request.Folder} is a bare git repository, which has no files to run.", "clone it, and run in the clone");
            return root is not null && request.Git is { } git
                ? await OfRepositoryAsync(request, root, new GitProgram(git, request.Environment), cancel).ConfigureAwait(false)
                : await OfFolderAsync(request, root, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"The snapshot of {request.Folder} cannot be made: {e.Message}", e);
        }
    }

    private static async Task<SourceSnapshot> OfRepositoryAsync(SourceRequest request, string root, GitProgram git, CancellationToken cancel)
    {
        var (revision, changes, leftOut) = await new RepositorySnapshot(git, request, new FileCopies(request.Limits)).MakeAsync(root, cancel).ConfigureAwait(false);
        return new SourceSnapshot(request.Into, Describe(request, revision, changes)) { Revision = revision, Changes = changes, LeftOut = leftOut };
    }

    private static string Describe(SourceRequest request, string revision, int changes)
    {
        if (request.Commit is not null)
            return $"commit {revision[..ShortLength]}";
        var at = revision.Length > 0 ? $" at {revision[..ShortLength]}" : "";
        var on = (request.Branch, request.Tag) switch
        {
            ({ Length: > 0 } branch, _) => $" on {branch}",
            (_, { Length: > 0 } tag) => $" on tag {tag}",
            _ => "",
        };
        var none = revision.Length > 0 ? "" : ", without a commit yet,";
        var with = changes switch { 0 => "without uncommitted changes", 1 => "with 1 uncommitted change", _ => $"with {changes} uncommitted changes" };
        return $"the working tree{at}{on}{none} {with}";
    }

    private static async Task<SourceSnapshot> OfFolderAsync(SourceRequest request, string? root, CancellationToken cancel)
    {
        if (request.Commit is { } commit)
        {
            throw root is null
                ? new SourceException($"{request.Folder} is in no git repository, so there is no commit {commit}.", "run in a git repository, or name no commit")
                : new SourceException($"The commit {commit} cannot be read, because git is not installed.", "install git, or name no commit");
        }

        var from = root ?? request.Folder;
        Directory.CreateDirectory(request.Into);
        var names = new List<string>();
        var leftOut = new List<string>();
        foreach (var (name, isFolder, isNamed) in Entries(from, request.Into))
        {
            cancel.ThrowIfCancellationRequested();
            if (!isNamed)
                leftOut.Add(name);
            else if (isFolder)
                Directory.CreateDirectory(Path.Join(request.Into, name));
            else
                names.Add(name);
            if (names.Count > request.Limits.Files)
                break;
        }

        leftOut.AddRange(await new FileCopies(request.Limits).CopyAsync(from, request.Into, names, cancel).ConfigureAwait(false));
        return new SourceSnapshot(request.Into, root is null ? "the folder as it is (no git repository)" : "the folder as it is (git is not installed)") { LeftOut = [.. leftOut] };
    }

    private static FileSystemEnumerable<(string Name, bool IsFolder, bool IsNamed)> Entries(string from, string into)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        return new FileSystemEnumerable<(string, bool, bool)>(from, (ref FileSystemEntry entry) => (Path.GetRelativePath(from, entry.ToFullPath()), IsFolder(ref entry), SourceSnapshot.IsNamed(ref entry)), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => IsWanted(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => IsFolder(ref entry) && IsWanted(ref entry) && SourceSnapshot.IsNamed(ref entry),
        };

        bool IsWanted(ref FileSystemEntry entry) => !entry.FileName.SequenceEqual(".git") && !entry.ToFullPath().Equals(into, StringComparison.Ordinal);

        static bool IsFolder(ref FileSystemEntry entry) => entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0;
    }
}
