using System.Text;
using System.Text.RegularExpressions;

namespace Ringfence.House.Tests.Graph;

public sealed partial class ProjectGraphTests
{
    [Fact]
    public async Task Is_the_graph_that_was_agreed() => Golden.Check(Printed(await EvaluatedProject.All()), "docs/project-graph.txt");

    [Fact]
    public async Task Keeps_to_the_table_in_the_architecture()
    {
        var table = HouseTable.Present().ToDictionary(row => row.Project);
        var projects = (await EvaluatedProject.All()).Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal)).ToList();

        Assert.Equal(table.Keys.Order(StringComparer.Ordinal), projects.Select(project => project.Name).Order(StringComparer.Ordinal));
        Repository.AssertNone(projects.SelectMany(project => Breaches(project, table[project.Name])));
        Assert.Empty(HouseTable.Planned().Intersect(table.Keys));
        Assert.NotEmpty(HouseTable.Planned());
    }

    [Fact]
    public async Task Lets_pure_projects_use_only_pure_ones()
    {
        var all = await EvaluatedProject.All();
        var pure = all.Where(project => project.Kind == "pure").ToList();

        Assert.NotEmpty(pure);
        Assert.All(pure, project => Assert.Empty(project.References.Except(pure.Select(other => other.Name))));
        Assert.All(pure, project => Assert.InRange(project.Packages.Count, 0, 1));
    }

    [Fact]
    public async Task Lets_only_tests_and_tools_use_a_program()
    {
        var all = await EvaluatedProject.All();
        var programs = all.Where(project => project.Kind == "program").Select(project => project.Name).ToHashSet();

        Assert.All(
            all.Where(project => project.Kind is not ("test" or "tool")),
            project => Assert.Empty(project.References.Intersect(programs)));
    }

    [Fact]
    public void Has_every_project_in_the_solution()
    {
        var solution = PathAttribute().Matches(Repository.Read("Ringfence.slnx")).Select(match => match.Groups[1].Value);

        Assert.Equal(Repository.Projects(), solution.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Breaches(EvaluatedProject project, HouseTable.Row row)
    {
        if (project.Kind != row.Kind)
            yield return $"{project.Name} is {project.Kind}, but {row.Kind} in ARCHITECTURE.md";
        foreach (var reference in project.References.Except(row.MayUse))
            yield return $"{project.Name} may not use {reference}";
    }

    private static string Printed(IReadOnlyList<EvaluatedProject> all)
    {
        var text = new StringBuilder("project | kind | project references | packages\n");
        foreach (var project in all)
        {
            var kind = project.MayRevealSecrets ? $"{project.Kind}, may reveal secrets" : project.Kind;
            text.Append(null, $"{project.Name} | {kind} | {List(project.References)} | {List(project.Packages)}\n");
        }

        text.Append("\nfor the build only: ").AppendJoin(", ", all.SelectMany(project => project.BuildPackages).Distinct().Order(StringComparer.Ordinal));
        text.Append("\n\nwhere a banned symbol is allowed (#pragma warning disable RS0030):\n");
        var exceptions = Exceptions().ToList();
        return text.Append(exceptions is [] ? "nowhere\n" : string.Concat(exceptions.Select(line => line + "\n"))).ToString();
    }

    private static IEnumerable<string> Exceptions() =>
        from path in Repository.Sources()
        from line in Repository.Lines(path)
        where Pragma().IsMatch(line)
        select $"{path}: {line.Trim()}";

    private static string List(IReadOnlyList<string> names) => names is [] ? "-" : string.Join(", ", names);

    [GeneratedRegex("""Path="([^"]+\.csproj)" """, RegexOptions.IgnorePatternWhitespace | RegexOptions.NonBacktracking)]
    private static partial Regex PathAttribute();

    [GeneratedRegex(@"^\s*#pragma warning disable.*RS0030", RegexOptions.NonBacktracking)]
    private static partial Regex Pragma();
}
