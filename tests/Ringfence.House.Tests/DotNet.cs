namespace Ringfence.House.Tests;

/// <summary>The .NET installation that runs these tests.</summary>
internal static class DotNet
{
    public static string RuntimeFolder { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Holds shared/Microsoft.NETCore.App/(version)/, which the tests run on.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(RuntimeFolder, "..", "..", ".."));

    public static string Program { get; } = Path.Combine(Root, "dotnet");

    public static string Compiler { get; } = Path.Combine(Newest(Path.Combine(Root, "sdk")), "Roslyn", "bincore", "csc.dll");

    public static string ReferencePack { get; } = Newest(Path.Combine(Root, "packs", "Microsoft.NETCore.App.Ref"));

    private static string Newest(string folder) =>
        Directory.EnumerateDirectories(folder, "10.*").OrderBy(path => Version.Parse(Path.GetFileName(path).Split('-')[0])).Last();
}
