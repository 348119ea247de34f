namespace Ringfence.Cli.Orbs;

/// <summary>The folders of the XDG base directory specification.</summary>
internal static class XdgFolder
{
    /// <summary>For what the user keeps.</summary>
    public static string Data(Surroundings surroundings) => Find(surroundings, "XDG_DATA_HOME", ".local", "share");

    /// <summary>For what can be made again.</summary>
    public static string Cache(Surroundings surroundings) => Find(surroundings, "XDG_CACHE_HOME", ".cache");

    // The specification says that a relative path in the variable is to be ignored.
    private static string Find(Surroundings surroundings, string variable, params string[] below) =>
        surroundings.Variable(variable) is { } folder && Path.IsPathFullyQualified(folder)
            ? folder
            : Path.Combine([surroundings.Variable("HOME") ?? surroundings.WorkingDirectory, .. below]);
}
