using System.Globalization;
using System.Text;
using System.Xml;

namespace Ringfence.Runner.TestResults;

/// <summary>Writes results as one JUnit file, a suite for each group.</summary>
public static class JUnitWriter
{
    /// <summary>Writes the file; the stream stays open.</summary>
    public static async Task WriteAsync(IReadOnlyList<JUnitSuite> suites, Stream file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(suites);
        var settings = new XmlWriterSettings { Async = true, Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        await using var xml = XmlWriter.Create(file, settings);
        await xml.WriteStartDocumentAsync();
        await StartAsync(xml, "testsuites", [.. suites.SelectMany(suite => suite.Results)]);
        foreach (var suite in suites)
        {
            cancel.ThrowIfCancellationRequested();
            await StartAsync(xml, "testsuite", suite.Results, ("name", suite.Name));
            foreach (var test in suite.Results)
                await WriteAsync(xml, test);
            await xml.WriteEndElementAsync();
        }

        await xml.WriteEndElementAsync();
        await xml.WriteEndDocumentAsync();
    }

    private static async Task StartAsync(XmlWriter xml, string element, IReadOnlyCollection<TestResult> results, params (string Name, string Value)[] attributes)
    {
        var summary = TestSummary.Of(results);
        await xml.WriteStartElementAsync(null, element, null);
        foreach (var (name, value) in attributes)
            await AttributeAsync(xml, name, value);
        await AttributeAsync(xml, "tests", Number(summary.Total));
        await AttributeAsync(xml, "failures", Number(summary.Failed));
        await AttributeAsync(xml, "skipped", Number(summary.Skipped));
        await AttributeAsync(xml, "time", Number(summary.Seconds));
    }

    private static async Task WriteAsync(XmlWriter xml, TestResult test)
    {
        await xml.WriteStartElementAsync(null, "testcase", null);
        await AttributeAsync(xml, "name", test.Name);
        await AttributeAsync(xml, "classname", test.Classname);
        if (test.File is { } source)
            await AttributeAsync(xml, "file", source);
        await AttributeAsync(xml, "time", Number(test.RunTime));
        if (test.Result != TestOutcome.Success)
        {
            await xml.WriteStartElementAsync(null, test.Result == TestOutcome.Failure ? "failure" : "skipped", null);
            await AttributeAsync(xml, "message", test.Message.Split('\n')[0].TrimEnd('\r'));
            await xml.WriteStringAsync(Allowed(test.Message));
            await xml.WriteEndElementAsync();
        }

        await xml.WriteEndElementAsync();
    }

    private static Task AttributeAsync(XmlWriter xml, string name, string value) => xml.WriteAttributeStringAsync(null, name, null, Allowed(value));

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Without the characters that XML cannot hold, such as those of terminal colours.</summary>
    private static string Allowed(string text)
    {
        var allowed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFE or 0xFFFF))
                allowed.Append(rune.ToString());
        }

        return allowed.ToString();
    }
}
