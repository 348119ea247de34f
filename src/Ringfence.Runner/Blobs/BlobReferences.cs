using System.Collections.Frozen;
using Ringfence.Primitives;

namespace Ringfence.Runner.Blobs;

/// <summary>Which blobs are in use, read out of the index files of caches and workspaces; it is not kept anywhere else.</summary>
internal static class BlobReferences
{
    /// <summary>The folders below a store's root whose JSON files name blobs.</summary>
    public const string Caches = "caches", Workspaces = "workspaces";

    public static FrozenSet<Digest> Read(string root)
    {
        var used = new HashSet<Digest>();
        foreach (var folder in new[] { Path.Combine(root, Caches), Path.Combine(root, Workspaces) })
        {
            foreach (var path in IndexFile.All(folder))
            {
                if (Digest.TryParse(IndexFile.TryRead(path, StoreJson.Default.BlobReference)?.Digest, out var digest))
                    used.Add(digest);
            }
        }

        return used.ToFrozenSet();
    }
}
