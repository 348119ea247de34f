using System.Text;
using CsCheck;
using Ringfence.Runner.TestResults;
using TestResult = Ringfence.Runner.TestResults.TestResult;

namespace Ringfence.Runner.Tests.TestResults;

public sealed class JUnitReaderTests
{
    // Written for these tests in the manner of each tool: name, result, class, file, time of the first test that matters.
    public static TheoryData<string, string> Samples => new()
    {
        {
            """<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" errors="0" failures="1" skipped="1" tests="3" time="0.1"><testcase classname="tests.test_a" name="test_ok" file="tests/test_a.py" line="3" time="0.010"/><testcase classname="tests.test_a" name="test_bad" file="tests/test_a.py" time="0.020"><failure message="assert 1 == 2">def test_bad(): assert 1 == 2</failure></testcase><testcase classname="tests.test_a" name="test_not" time="0"><skipped type="pytest.skip" message="later">x</skipped></testcase></testsuite></testsuites>""",
            "tests.test_a.test_ok Success tests/test_a.py 0.01|tests.test_a.test_bad Failure tests/test_a.py 0.02|tests.test_a.test_not Skipped - 0"
        },
        {
            // jest-junit
            """<testsuites name="jest tests" tests="1" time="1.2"><testsuite name="sum" errors="0" timestamp="2026-01-01T00:00:00"><testcase classname="sum adds" name="sum adds" time="0.003" file="src/sum.test.js"></testcase></testsuite></testsuites>""",
            "sum adds.sum adds Success src/sum.test.js 0.003"
        },
        {
            // surefire, with a retry that passed in the end, and output
            """<?xml version="1.0"?><testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0" name="org.A" time="1,234.5"><properties><property name="java.version" value="21"/></properties><testcase name="flaky" classname="org.A" time="1,234.5"><flakyFailure message="once">at</flakyFailure><system-out><![CDATA[hello]]></system-out></testcase><testcase name="broken" classname="org.A" time="0"><error type="java.lang.Error">java.lang.Error: no</error><rerunFailure>x</rerunFailure></testcase></testsuite>""",
            "org.A.flaky Success - 1234.5|org.A.broken Failure - 0"
        },
        {
            // mocha: the file stands on the suite
            """<testsuites name="Mocha"><testsuite name="Root" file="/p/test/a.js"><testcase name="works" classname="works" time="0.5"/></testsuite><testsuite name="Empty"/><testsuite name="Other"><testcase name="t" classname="c"/></testsuite></testsuites>""",
            "works.works Success /p/test/a.js 0.5|c.t Success - 0"
        },
        {
            // go-junit-report
            """<testsuites tests="2"><testsuite name="example.com/p" tests="2" time="0.003"><testcase name="TestA" classname="example.com/p" time="0.001"><failure message="Failed" type="">a_test.go:5: no</failure></testcase><testcase name="TestB" classname="example.com/p" time="0.000"><skipped message="-short"></skipped></testcase></testsuite></testsuites>""",
            "example.com/p.TestA Failure - 0.001|example.com/p.TestB Skipped - 0"
        },
        {
            // rspec_junit_formatter
            """<?xml version="1.0" encoding="UTF-8"?><testsuite name="rspec" tests="1"><testcase classname="spec.a_spec" name="A works" file="./spec/a_spec.rb" time="0.0001"></testcase></testsuite>""",
            "spec.a_spec.A works Success ./spec/a_spec.rb 0.0001"
        },
        {
            // bats
            """<?xml version="1.0" encoding="UTF-8"?><testsuites time="0.1"><testsuite name="a.bats" tests="1" failures="0" time="0.1" hostname="h"><testcase classname="a.bats" name="it runs" time="0.1" /></testsuite></testsuites>""",
            "a.bats.it runs Success - 0.1"
        },
        {
            // ctest
            """<?xml version="1.0" encoding="UTF-8"?><testsuite name="(empty)" tests="2" failures="1"><testcase name="unit" classname="unit" time="0.02" status="fail"><failure message="Failed"/><properties/><system-out>out</system-out></testcase><testcase name="off" classname="off" time="0" status="disabled"><skipped message="Disabled"/></testcase></testsuite>""",
            "unit.unit Failure - 0.02|off.off Skipped - 0"
        },
        {
            // suites in suites; an inner one without a file has its outer one's
            """<testsuites><testsuite name="o" file="o.x"><testsuite name="i"><testcase name="t"/></testsuite><testcase name="u"/></testsuite></testsuites>""",
            ".t Success o.x 0|.u Success o.x 0"
        },
    };

    [Theory]
    [Rule("EX-11.0", "EX-11.1", "EX-11.2")]
    [MemberData(nameof(Samples))]
    public void Reads_what_tools_write(string xml, string expected)
    {
        var file = Read(xml);

        Assert.Empty(file.Problems);
        Assert.Equal(expected, string.Join('|', file.Results.Select(test =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{test.Classname}.{test.Name} {test.Result} {test.File ?? "-"} {test.RunTime}"))));
    }

    [Fact]
    [Rule("EX-11.2")]
    public void Keeps_messages_and_the_source()
    {
        var results = Read("""<testsuite name="s"><testcase name="a"><failure message="m">m and more</failure></testcase><testcase name="b"><failure message="m">text</failure></testcase><testcase name="c"><skipped/></testcase></testsuite>""").Results;

        Assert.Equal(["m and more", "m\ntext", ""], results.Select(test => test.Message));
        Assert.Equal("s", results[0].Source);
        Assert.Equal("rspec", JUnitReader.Read("<testsuite name='s'><testcase name='a'/></testsuite>"u8.ToArray(), "rspec", TestResultLimits.Default).Results[0].Source);
    }

    [Theory]
    [Rule("EX-7.52")]
    [InlineData("<html><body/></html>", "invalid top level element: html")]
    [InlineData("<testcase name='a'/>", "invalid top level element: testcase")]
    public void Refuses_other_documents(string xml, string problem) => Assert.Equal([problem], Read(xml).Problems);

    [Fact]
    public void Takes_terminal_colours_and_lines_before_the_declaration()
    {
        var file = Read("\n <?xml version='1.0'?><testsuite><testcase name='a'><failure>\u001b[31mred\u001b[0m &#27;[1m</failure></testcase></testsuite>");

        Assert.Empty(file.Problems);
        Assert.Equal("[31mred[0m \u001b[1m", Assert.Single(file.Results).Message);
    }

    [Fact]
    public void Takes_bytes_that_are_not_in_the_encoding_and_other_encodings()
    {
        byte[] broken = [.. "<?xml version='1.0' encoding='UTF-8'?><testsuite><testcase name='a"u8, 0xFF, .. "'/></testsuite>"u8];
        byte[] latin = [.. "<?xml version='1.0' encoding='ISO-8859-1'?><testsuite><testcase name='a"u8, 0xFC, .. "'/></testsuite>"u8];
        byte[] wide = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<testsuite><testcase name='aü'/></testsuite>")];
        byte[] marked = [0xEF, 0xBB, 0xBF, .. "<testsuite><testcase name='a'/></testsuite>"u8];

        Assert.Equal(["a\uFFFD", "aü", "aü", "a"], new[] { broken, latin, wide, marked }.Select(content =>
            Assert.Single(JUnitReader.Read(content, null, TestResultLimits.Default).Results).Name));
    }

    [Fact]
    public void Keeps_the_tests_before_a_break()
    {
        var file = Read("<testsuite><testcase name='a'/><testcase name='b'><failure message='x'");

        Assert.Equal("a", Assert.Single(file.Results).Name);
        Assert.StartsWith("invalid XML at line 1, column 71: ", Assert.Single(file.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [Rule("EX-11.1")]
    [InlineData("<!DOCTYPE testsuite>")]
    [InlineData("<?xml version='1.0'?>\n<!DOCTYPE testsuites SYSTEM 'http://127.0.0.1:9/junit.dtd'>")]
    [InlineData("<!DOCTYPE testsuite PUBLIC '-//x//y' 'file:///dev/zero' [<!ELEMENT testsuite ANY><!ENTITY e SYSTEM 'file:///etc/passwd'>]>")]
    public void Passes_over_a_document_type(string type)
    {
        var file = Read(type + "<testsuite><testcase name='a'/></testsuite>");

        Assert.Empty(file.Problems);
        Assert.Equal("a", Assert.Single(file.Results).Name);
    }

    [Theory]
    [InlineData("<!DOCTYPE t [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><testsuite><testcase name='&e;'/></testsuite>")]
    [InlineData("<!DOCTYPE t [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><testsuite name='&b;'/>")]
    public void Reads_no_document_type(string xml)
    {
        var file = Read(xml);

        Assert.Empty(file.Results);
        Assert.Matches("^invalid XML at line 1, column [0-9]+: .*an entity", Assert.Single(file.Problems));
    }

    [Fact]
    public void Stops_at_its_limits()
    {
        var deep = string.Concat(Enumerable.Repeat("<testsuite>", 200)) + string.Concat(Enumerable.Repeat("</testsuite>", 200));
        var many = "<testsuite>" + string.Concat(Enumerable.Repeat("<testcase name='12345'/>", 5)) + "</testsuite>";
        var limits = TestResultLimits.Default with { Tests = 3, NameCharacters = 2 };

        Assert.Contains("nested", Assert.Single(Read(deep).Problems), StringComparison.Ordinal);
        var cut = JUnitReader.Read(Encoding.UTF8.GetBytes(many), null, limits);
        Assert.Equal(["12", "12", "12"], cut.Results.Select(test => test.Name));
        Assert.Single(cut.Problems);
        Assert.Single(JUnitReader.Read(new byte[11], null, limits with { FileBytes = 10 }).Problems);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        byte[] content = [.. "<testsuite><testcase name='a'>"u8, .. bytes];
        _ = JUnitReader.Read(content, null, TestResultLimits.Default);
    });

    [Fact]
    public async Task Writes_what_it_reads()
    {
        TestResult[] results =
        [
            new() { Name = "a<&\"'", Classname = "c", File = "f.x", RunTime = 1.5, Source = "job" },
            new() { Name = "b", Result = TestOutcome.Failure, Message = "first\nsecond \u001b[1m", Source = "job" },
            new() { Name = "c", Result = TestOutcome.Skipped, Message = "why", Source = "job" },
        ];
        using var xml = new MemoryStream();
        await JUnitWriter.WriteAsync([new JUnitSuite("job", [.. results])], xml, TestContext.Current.CancellationToken);

        var read = JUnitReader.Read(xml.ToArray(), null, TestResultLimits.Default);

        Assert.Empty(read.Problems);
        Assert.Equal([results[0], results[1] with { Message = "first\nsecond [1m" }, results[2]], read.Results);
    }

    private static JUnitFile Read(string xml) => JUnitReader.Read(Encoding.UTF8.GetBytes(xml), null, TestResultLimits.Default);
}
