namespace Ringfence.Runner.Artifacts;

/// <summary>The log lines of <c>store_artifacts</c>.</summary>
public static class ArtifactMessages
{
    /// <summary>Before the files are read (EX-7.46).</summary>
    public static string Uploading(string path, string destination) => $"Uploading {path} to {destination}";

    /// <summary>The path is not there; the step succeeds (EX-7.46).</summary>
    public static string NoFiles(string path) => $"No artifact files found at {path}";

    /// <summary>A file was not stored.</summary>
    public static string LeftOut(string path) => $"Warning: not stored, because it is a link or larger than 3 GB: {path}";
}
