using System.Text.Json;

namespace Ringfence.House.Tests.Graph;

public sealed class LockFileTests
{
    [Fact]
    public async Task Stand_beside_every_project_and_name_its_packages()
    {
        foreach (var project in await EvaluatedProject.All())
        {
            var path = Path.GetDirectoryName(project.Path) + "/packages.lock.json";
            Assert.True(Repository.Holds(path), $"{path} is missing: run './dev lock'");
            using var document = JsonDocument.Parse(Repository.Read(path));
            var direct = document.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
                .Where(entry => entry.Value.GetProperty("type").GetString() == "Direct").Select(entry => entry.Name).ToList();

            Assert.Empty(project.Packages.Concat(project.BuildPackages).Except(direct));
        }
    }

    [Fact]
    public void Are_for_no_particular_system() =>
        Assert.All(Repository.Projects().Select(path => Repository.Read(Path.GetDirectoryName(path) + "/packages.lock.json")), text =>
            Assert.DoesNotContain("net10.0/", text, StringComparison.Ordinal));

    [Theory]
    [InlineData("test", "--locked-mode")]
    [InlineData("build/publish.sh", "-p:RestoreLockedMode=true")]
    public void Are_used(string script, string option) => Assert.Contains(option, Repository.Read(script), StringComparison.Ordinal);
}
