using System.Text;
using Microsoft.Extensions.Time.Testing;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.TestResults;
using Ringfence.Runner.Tests.Archives;
using TestResult = Ringfence.Runner.TestResults.TestResult;

namespace Ringfence.Runner.Tests.TestResults;

public sealed class TestResultStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly LocalStores _stores;

    public TestResultStoreTests() => _stores = new LocalStores(_folder.Path, _clock, StoreLimits.Default);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Rule("EX-7.50")]
    public async Task Searches_a_folder_for_XML()
    {
        var tar = Tars.Of(("rspec/a.xml", Suite("a")), ("b.XML", Suite("b")), ("notes.txt", "x"), ("deep/er/c.xml", Suite("c")));

        var upload = await TestUploadReader.ReadAsync(new FakeStream(tar.ToArray()), isFile: false, TestResultLimits.Default, Cancel);

        Assert.Equal(["b.XML", "deep/er/c.xml", "rspec/a.xml"], upload.Files);
        Assert.Equal([("b", "s"), ("c", "deep"), ("a", "rspec")], upload.Results.Select(test => (test.Name, test.Source)));
        Assert.Empty(upload.Problems);
    }

    [Fact]
    [Rule("EX-7.50")]
    public async Task Takes_one_file_of_any_name()
    {
        var upload = await TestUploadReader.ReadAsync(Tars.Of(("results", Suite("a"))), isFile: true, TestResultLimits.Default, Cancel);

        Assert.Equal("a", Assert.Single(upload.Results).Name);
        Assert.False(TestUploadReader.IsAllowed("/home/x/.hidden/"));
        Assert.True(TestUploadReader.IsAllowed("."));
    }

    [Fact]
    [Rule("EX-7.52", "EX-11.3")]
    public async Task A_bad_file_is_named_and_the_others_count()
    {
        var upload = await TestUploadReader.ReadAsync(Tars.Of(("bad.xml", "<html/>"), ("good.xml", Suite("a"))), isFile: false, TestResultLimits.Default, Cancel);

        Assert.Equal("failed uploading test results: File: bad.xml had the following problems:\n  * invalid top level element: html", TestResultMessages.Problems(upload));
        Assert.Single(upload.Results);
    }

    [Fact]
    [Rule("EX-7.51")]
    public void Says_what_is_wrong_with_a_path()
    {
        Assert.Equal("Unable to save test results from /r\nError path is not valid /r: stat /r: no such file or directory", TestResultMessages.NoPath("/r"));
        Assert.Equal("Found no test results, skipping", TestResultMessages.None);
        Assert.StartsWith("Archiving the following test results\n", TestResultMessages.Archiving(["a"]), StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-11.4", "EX-10.12")]
    public async Task Merges_nodes_and_finds_the_failed_tests()
    {
        await _stores.TestResults.SaveAsync("w", "test", 1, [Failed("b", "b.x", "C")], Cancel);
        await _stores.TestResults.SaveAsync("w", "test", 0, [Passed("a", "a.x", 2)], Cancel);
        await _stores.TestResults.SaveAsync("w", "other", 0, [Failed("z", "z.x", "Z")], Cancel);

        Assert.Equal(["a", "b"], _stores.TestResults.Read("w", "test").Select(test => test.Name));
        var failed = _stores.TestResults.Failed("w", "test")!;
        Assert.Equal((1, 2), (failed.Failed, failed.Total));
        Assert.Equal("b.x", Assert.Single(failed.Files));
        Assert.Equal("C", Assert.Single(failed.Classnames));
        Assert.Null(_stores.TestResults.Failed("w", "unknown"));

        _clock.Advance(TimeSpan.FromDays(15));
        Assert.Null(_stores.TestResults.Failed("w", "test"));
        await _stores.PruneAsync(Cancel);
        Assert.DoesNotContain(_folder.Files(), file => file.StartsWith("tests", StringComparison.Ordinal));
    }

    [Fact]
    public void Sums_up()
    {
        var summary = TestSummary.Of([Passed("a", "a.x", 1), Passed("b", "a.x", 3), Failed("c", "c.x", "C"), new TestResult { Name = "d", Result = TestOutcome.Skipped }]);

        Assert.Equal((4, 1, 1, 4.0), (summary.Total, summary.Failed, summary.Skipped, summary.Seconds));
        Assert.Equal(["b", "a"], summary.Slowest.Select(test => test.Name));
    }

    [Fact]
    [Rule("EX-10.6", "EX-11.5")]
    public async Task Timings_are_those_of_the_latest_run()
    {
        Assert.Null(_stores.Timings.ReadFile("p", "test"));
        await _stores.Timings.SaveAsync("p", "test", [Passed("a", "a.x", 1), Passed("b", "a.x", 0.5), Passed("c", "c.x", 9)], Cancel);
        await _stores.Timings.SaveAsync("p", "test", [Passed("c", "c.x", 2)], Cancel);

        Assert.Equal(
            """{"filename":{"a.x":1.5,"c.x":2},"classname":{"K":2},"testname":{"a":1,"b":0.5,"c":2}}""",
            Encoding.UTF8.GetString(_stores.Timings.ReadFile("p", "test")!));
        Assert.Null(_stores.Timings.ReadFile("p", "other"));
    }

    private static string Suite(string test) => $"<testsuite name='s'><testcase name='{test}'/></testsuite>";

    private static TestResult Passed(string name, string file, double seconds) => new() { Name = name, File = file, Classname = "K", RunTime = seconds };

    private static TestResult Failed(string name, string file, string classname) =>
        new() { Name = name, File = file, Classname = classname, Result = TestOutcome.Failure };
}
