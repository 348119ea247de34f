using CsCheck;
using Ringfence.Agent.InJob;
using Ringfence.Agent.InJob.Splitting;

namespace Ringfence.Agent.Tests.InJob;

public sealed class TestsSplitTests : IDisposable
{
    private static readonly Gen<string[]> Names = Gen.String[Gen.Char['a', 'e'], 1, 4].Array[0, 40];

    private readonly JobFolder _job = new();

    public void Dispose() => _job.Dispose();

    [Fact, Rule("EX-10.4", "EX-10.5")]
    public void Deals_sorted_names_out_in_turns()
    {
        Assert.Equal(["a", "c", "e"], Split("e d\nc\tb\r\na a\n", "--index=0", "--total=2"));
        Assert.Equal(["b", "d"], Split("e d\nc\tb\r\na a\n", "-index", "1", "-total=2"));
        Assert.Equal(["Z", "a", "é", "\uFFFF", "😀"], Split("😀 é a Z \uFFFF"));
    }

    [Fact, Rule("EX-10.4")]
    public void Takes_the_node_from_the_environment_and_names_from_a_file()
    {
        _job.Environment["CIRCLE_NODE_INDEX"] = "1";
        _job.Environment["CIRCLE_NODE_TOTAL"] = "3";
        _job.File("names.txt", "a b c d e");

        Assert.Equal(["b", "e"], _job.Call("tests", "split", "names.txt").Lines);
        Assert.Equal(["c"], _job.Call("tests", "split", "names.txt", "--index=2").Lines);
        var missing = _job.Call("tests", "split", "missing.txt");
        Assert.Equal((1, "circleci tests split: the file with the test names, missing.txt, cannot be opened."), (missing.Code, missing.Error.Trim()));
    }

    [Fact]
    public void Names_keep_their_bytes() =>
        Assert.Equal([(byte)'a', (byte)'\n', 0xE4, (byte)'.', (byte)'\n'], _job.CallWith([0xE4, (byte)'.', (byte)' ', (byte)'a'], "tests", "split").Bytes);

    [Fact, Rule("EX-10.9")]
    public void An_empty_bucket_is_no_error()
    {
        var call = _job.CallWith("a", "tests", "split", "--index=4", "--total=5");

        Assert.Equal((0, "", ""), (call.Code, call.Out, call.Error));
    }

    [Fact]
    public void Counts_on_request() =>
        Assert.Contains("Read 3 test names, selected 2 for node 0 of 2.", _job.CallWith("a b c", "tests", "split", "--total=2", "--show-counts").Error, StringComparison.Ordinal);

    [Fact, Rule("EX-10.6")]
    public void Balances_file_sizes()
    {
        foreach (var (name, size) in new[] { ("a", 10), ("b", 4), ("c", 3), ("d", 2) })
            _job.File(name, new string('x', size));

        Assert.Equal(["a"], Split("a b c d", "--split-by=filesize", "--index=0", "--total=2"));
        Assert.Equal(["d", "b", "c"], Split($"a b c {_job.Work}/d", "--split-by=filesize", "--index=1", "--total=2").Select(Path.GetFileName));
        Assert.Contains("falling back to weighting by name", _job.CallWith("x y", "tests", "split", "--split-by=filesize").Error, StringComparison.Ordinal);
    }

    [Theory, Rule("EX-10.6")]
    [InlineData("a.rb b.rb c.rb d.rb", "autodetect", "b.rb c.rb d.rb")]
    [InlineData("./a.rb b.rb c.rb d.rb", "file", "b.rb c.rb d.rb")]
    [InlineData("p.A p.B p.C", "autodetect", "p.B p.C")]
    [InlineData("p.A p.B p.C", "classname", "p.B p.C")]
    [InlineData("t1 t2 t3", "name", "t2 t3")]
    [InlineData("t1 t2 t3", "testname", "t2 t3")]
    public void Balances_timings(string names, string type, string second)
    {
        _job.Timings("""
            {"filename":{"a.rb":9.5,"./b.rb":3,"c.rb":3,"d.rb":0.25,"z.rb":1},"classname":{"p.A":3,"p.B":1,"p.C":1},"testname":{"t1":3,"t2":1,"t3":1}}
            """);

        Assert.Equal(second.Split(' '), Split(names, "--split-by=timings", $"--timings-type={type}", "--index=1", "--total=2"));
    }

    [Fact, Rule("EX-10.8")]
    public void Tests_without_a_timing_take_as_long_as_the_others_unless_told()
    {
        _job.Timings("""{"filename":{"a":2,"b":4},"classname":{},"testname":{}}""");

        // b 4 and the others 3 each on average, or 10 each.
        Assert.Equal(["a", "b"], Split("a b c d", "--split-by=timings", "--index=0", "--total=2"));
        Assert.Equal(["a", "b"], Split("a b c d", "--split-by=timings", "--time-default=0s", "--index=0", "--total=2"));
        Assert.Equal(["b", "c"], Split("a b c d", "--split-by=timings", "--time-default=10s", "--index=0", "--total=2"));
        Assert.Contains("No timing found for \"c\"", _job.CallWith("a b c d", "tests", "split", "--split-by=timings").Error, StringComparison.Ordinal);
    }

    [Theory, Rule("EX-10.7")]
    [InlineData(null)]
    [InlineData("""{"filename":{},"classname":{},"testname":{}}""")]
    [InlineData("""{"filename":{"elsewhere":1},"classname":{},"testname":{"a":1}}""")]
    [InlineData("""{"filename":{"a":1,"a":2},"classname":{},"testname":{}}""")]
    [InlineData("nonsense")]
    public void Falls_back_to_names_without_timings(string? json)
    {
        if (json is not null)
            _job.Timings(json);

        var call = _job.CallWith("b a", "tests", "split", "--split-by=timings");

        Assert.Equal((0, "a\nb\n"), (call.Code, call.Out));
        Assert.Contains("Error auto-detecting timing type, falling back to weighting by name.\n", call.Error, StringComparison.Ordinal);
    }

    [Theory, Rule("EX-10.6")]
    [InlineData("""{"filename":{"a":1,"b":1,"c":5}}""", "autodetect")]
    [InlineData("""{"classname":{"a":1,"b":1,"c":5}}""", "autodetect")]
    [InlineData("""{"testname":{"a":1,"b":1,"c":5}}""", "testname")]
    public void Timings_need_no_other_table_than_the_one_that_is_used(string json, string type)
    {
        _job.File("mine.json", json);

        Assert.Equal(["c"], Split("a b c", "--split-by=timings", $"--timings-type={type}", "--timings-file=mine.json", "--total=2"));
        Assert.Contains("falling back to weighting by name", _job.CallWith("a", "tests", "split", "--split-by=timings", "--timings-type=" + (type == "testname" ? "classname" : "testname"), "--timings-file=mine.json").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_timings_from_a_file()
    {
        _job.Timings("""{"filename":{"a":1,"b":1,"c":1},"classname":{},"testname":{}}""");
        _job.File("mine.json", """{"filename":{"a":1,"b":1,"c":5},"classname":{},"testname":{}}""");

        Assert.Equal(["c"], Split("a b c", "--split-by=timings", "--timings-file=mine.json", "--total=2"));
        Assert.Contains("--timings-file", _job.CallWith("a", "tests", "split", "--split-by=timings", "--timings-file=no.json").Error, StringComparison.Ordinal);
    }

    [Fact, Rule("EX-10.5", "EX-10.6", "EX-10.8")]
    public void Every_name_is_on_exactly_one_node() =>
        Gen.Select(Names, Gen.Int[1, 50], Gen.Long[-5, 9].Array[41], Gen.Int[0, 2]).Sample((names, total, weights, kind) =>
        {
            ImmutableArrayOf(names, out var sorted);
            long? Weight(TestName name) => weights[sorted.IndexOf(name)] is >= 0 and var weight ? weight : null;

            var dealt = Enumerable.Range(0, total).SelectMany(index => kind == 0
                ? TestBuckets.ByTurns(sorted, index, total)
                : TestBuckets.ByWeight(sorted, Weight, kind == 1 ? null : 0, index, total));

            Assert.Equal(sorted, dealt.Order());
        });

    [Fact, Rule("EX-10.6")]
    public void No_node_is_heavier_than_the_lightest_by_more_than_one_test() =>
        Gen.Select(Names, Gen.Int[1, 9], Gen.Long[0, 99].Array[41]).Sample((names, total, weights) =>
        {
            ImmutableArrayOf(names, out var sorted);
            long Weight(TestName name) => weights[sorted.IndexOf(name)];

            var sums = Enumerable.Range(0, total).Select(index => TestBuckets.ByWeight(sorted, name => Weight(name), null, index, total).Sum(Weight)).ToList();

            Assert.True(sums.Max() - sums.Min() <= sorted.Select(Weight).DefaultIfEmpty(0).Max());
        });

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("10s", 10_000_000)]
    [InlineData("1m30s", 90_000_000)]
    [InlineData("1.5h", 5_400_000_000)]
    [InlineData("500ms", 500_000)]
    [InlineData("7us", 7)]
    public void Reads_durations(string text, long microseconds)
    {
        Assert.True(GoDuration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMicroseconds(microseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1.2.3s")]
    [InlineData("1x")]
    [InlineData("99999999999999999999999s")]
    [InlineData("999999999999h")]
    public void Refuses_what_is_no_duration(string text) => Assert.False(GoDuration.TryParse(text, out _));

    private static void ImmutableArrayOf(string[] names, out System.Collections.Immutable.ImmutableArray<TestName> sorted) =>
        sorted = TestNameList.Parse(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', names)));

    private string[] Split(string names, params string[] flags) => _job.CallWith(names, ["tests", "split", .. flags]).Lines;
}
