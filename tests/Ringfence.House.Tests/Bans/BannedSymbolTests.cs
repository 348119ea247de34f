using System.Reflection;
using Ringfence.House.Tests.Graph;

namespace Ringfence.House.Tests.Bans;

public sealed class BannedSymbolTests
{
    private static readonly string[] Kinds = ["pure", "world", "program", "test", "tool"];

    [Fact]
    public async Task Every_project_says_its_kind() =>
        Assert.All(await EvaluatedProject.All(), project => Assert.Contains(project.Kind, Kinds));

    [Fact]
    public async Task Every_project_has_the_lists_of_its_kind() =>
        Assert.All(await EvaluatedProject.All(), project => Assert.Equal(ListsOf(project), project.BannedSymbolFiles));

    [Fact]
    public async Task Pure_projects_cannot_reach_the_world()
    {
        const string Source = """
            public static class Program
            {
                public static object? Reads() => System.IO.File.ReadAllText("x");
                public static object? Looks() => System.Environment.GetEnvironmentVariable("x");
                public static object? Times() => System.TimeProvider.System;
                public static object? Rolls() => System.Guid.NewGuid();
                public static object? Calls() => new System.Net.Http.HttpClient();
                public static void Prints() => System.Console.WriteLine();
            }
            """;

        Assert.Equal(
            Enumerable.Range(3, 6).Select(line => $"{line} RS0030"),
            await SmallProgram.Compile(Source, "BannedSymbols.all.txt", "BannedSymbols.pure.txt"));
        Assert.Empty(await SmallProgram.Compile(Source, "BannedSymbols.all.txt"));
    }

    /// <summary>The analyzer passes over a name that it does not know, so a slip of the pen would allow what it was to ban.</summary>
    [Theory]
    [InlineData("build/BannedSymbols.all.txt")]
    [InlineData("build/BannedSymbols.pure.txt")]
    [InlineData("build/BannedSymbols.secrets.txt")]
    public void Every_banned_symbol_exists_and_has_a_reason(string list) =>
        Repository.AssertNone(Repository.Lines(list).Where(line => line.Length > 0).SelectMany(Problems));

    private static string[] ListsOf(EvaluatedProject project)
    {
        var lists = new List<string> { "BannedSymbols.all.txt" };
        if (project.Kind == "pure")
            lists.Add("BannedSymbols.pure.txt");
        if (!project.MayRevealSecrets)
            lists.Add("BannedSymbols.secrets.txt");
        return [.. lists];
    }

    private static IEnumerable<string> Problems(string line)
    {
        var (symbol, reason) = line.Split(';', 2) is [var first, var second] ? (first, second) : (line, "");
        if (reason.Trim().Length == 0)
            yield return $"{symbol} has no reason";
        if (!Exists(symbol))
            yield return $"{symbol} is unknown";
    }

    private static bool Exists(string symbol)
    {
        var (kind, name) = (symbol[0], symbol[2..]);
        var arguments = name.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open ? name[(open + 1)..^1] : "";
        name = name.Split('(')[0];
        if (kind == 'T')
            return Find(name) is not null;

        var type = Find(name[..name.LastIndexOf('.')]);
        var member = name[(name.LastIndexOf('.') + 1)..];
        return kind switch
        {
            'P' => type?.GetProperty(member) is not null,
            'M' => type?.GetMethods().Any(method => method.Name == member && Signature(method) == arguments) ?? false,
            _ => false,
        };
    }

    private static string Signature(MethodInfo method) => string.Join(',', method.GetParameters().Select(parameter => parameter.ParameterType.FullName));

    private static Type? Find(string name) =>
        Directory.EnumerateFiles(DotNet.RuntimeFolder, "System.*.dll")
            .Append(typeof(Ringfence.Primitives.SecretValue).Assembly.Location)
            .Where(IsManaged)
            .Select(Assembly.LoadFrom)
            .Append(typeof(object).Assembly)
            .Select(assembly => assembly.GetType(name))
            .FirstOrDefault(type => type is not null);

    private static bool IsManaged(string path)
    {
        if (Path.GetFileNameWithoutExtension(path) == typeof(object).Assembly.GetName().Name)
            return false;

        using var stream = File.OpenRead(path);
        using var reader = new System.Reflection.PortableExecutable.PEReader(stream);
        return reader.HasMetadata;
    }
}
