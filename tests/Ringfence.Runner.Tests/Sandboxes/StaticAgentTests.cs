namespace Ringfence.Runner.Tests.Sandboxes;

/// <summary>How the tests come to the agent that they put into sandboxes.</summary>
public sealed class StaticAgentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ringfence-agent-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_part_of_an_agent_as_a_build_that_was_killed_leaves_it_is_none()
    {
        var agent = Path.Combine(await StaticAgent.FolderAsync(), "ringfence-agent");
        var bytes = await File.ReadAllBytesAsync(agent, TestContext.Current.CancellationToken);
        foreach (var length in (int[])[0, 100, bytes.Length / 2])
        {
            var part = Path.Combine(_folder, "part");
            await File.WriteAllBytesAsync(part, bytes[..length], TestContext.Current.CancellationToken);
            File.SetUnixFileMode(part, File.GetUnixFileMode(agent));
            Assert.False(await StaticAgent.RunsAsync(part), $"{length} bytes of it");
        }

        Assert.True(await StaticAgent.RunsAsync(agent));
        Assert.False(await StaticAgent.RunsAsync(Path.Combine(_folder, "none")));
    }

    [Fact]
    public async Task It_takes_the_place_of_what_is_there_under_all_of_its_names_and_leaves_nothing_else()
    {
        var agent = Path.Combine(await StaticAgent.FolderAsync(), "ringfence-agent");
        await File.WriteAllTextAsync(Path.Combine(_folder, "circleci"), "broken", TestContext.Current.CancellationToken);

        StaticAgent.Install(agent, _folder);

        Assert.Equal(["circleci", "circleci-agent", "ringfence-agent", "ringfence-mask"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(await StaticAgent.RunsAsync(Path.Combine(_folder, "circleci")));
    }
}
