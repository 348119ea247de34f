using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Tests.Jobs;

/// <summary>Links in the caches and workspaces of whole jobs.</summary>
public sealed class CacheLinkTests : IDisposable
{
    private readonly JobTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Fact]
    [Rule("EX-7.38", "EX-7.41")]
    public async Task Come_back_as_they_were()
    {
        var result = await _trial.RunAsync(
            """
            - run: "mkdir -p ~/real/deps store && echo text > ~/real/deps/file && ln -s ~/real ~/cache && echo twin > store/one && ln store/one store/two && chmod 444 store/one && ln -s real ~/other"
            - save_cache: {key: v1, paths: [~/cache, ~/cache/deps, store, ~/other]}
            - run: "rm -rf ~/real ~/cache store ~/other"
            - restore_cache: {key: v1}
            - run: "test -L ~/cache && cat ~/cache/deps/file && test store/one -ef store/two && cat store/two && stat -c %a store/two"
            - persist_to_workspace: {root: ., paths: [store]}
            - run: "rm -rf store"
            """);

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Contains("text\ntwin\n444\n", _trial.Printed, StringComparison.Ordinal);
        Assert.Matches("Warning: ~/other is a link, and only the link is stored. What it leads to is named .*/real: add that", _trial.Printed);
    }
}
