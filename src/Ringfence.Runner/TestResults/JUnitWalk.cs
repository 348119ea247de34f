using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Ringfence.Runner.TestResults;

/// <summary>One way through a JUnit file, keeping what suites say about the tests in them.</summary>
internal sealed class JUnitWalk(string? source, TestResultLimits limits)
{
    private readonly ImmutableArray<TestResult>.Builder _results = ImmutableArray.CreateBuilder<TestResult>();
    private readonly ImmutableArray<string>.Builder _problems = ImmutableArray.CreateBuilder<string>();
    private readonly Stack<(int Depth, string? Name, string? File)> _suites = new();

    public void Add(string problem) => _problems.Add(problem);

    public JUnitFile Result() => new(_results.ToImmutable(), _problems.ToImmutable());

    public void Read(XmlReader reader)
    {
        if (reader.MoveToContent() != XmlNodeType.Element)
            return;
        if (reader.LocalName is not ("testsuites" or "testsuite"))
        {
            Add($"invalid top level element: {Cut(reader.LocalName, limits.NameCharacters)}");
            return;
        }

        do
        {
            if (reader.Depth > limits.Depth)
            {
                Add($"elements are nested more than {limits.Depth} deep");
                return;
            }

            if (reader.NodeType == XmlNodeType.Element && !Enter(reader))
                return;
            if (reader.NodeType == XmlNodeType.EndElement && _suites.TryPeek(out var suite) && suite.Depth == reader.Depth)
                _suites.Pop();
        }
        while (reader.Read());
    }

    private bool Enter(XmlReader reader)
    {
        if (reader.LocalName is "testsuite")
        {
            var outer = _suites.TryPeek(out var suite) ? suite.File : null;
            if (!reader.IsEmptyElement)
                _suites.Push((reader.Depth, Attribute(reader, "name"), Attribute(reader, "file") ?? Attribute(reader, "filepath") ?? outer));
        }
        else if (reader.LocalName is "testcase")
        {
            if (_results.Count >= limits.Tests)
            {
                Add($"there are more than {limits.Tests} tests");
                return false;
            }

            ReadTest(reader);
        }

        return true;
    }

    private void ReadTest(XmlReader reader)
    {
        var suite = _suites.TryPeek(out var inner) ? inner : default;
        var result = new TestResult
        {
            Name = Attribute(reader, "name") ?? "",
            Classname = Attribute(reader, "classname") ?? Attribute(reader, "class") ?? "",
            File = Attribute(reader, "file") ?? suite.File,
            RunTime = Seconds(reader.GetAttribute("time")),
            Source = source ?? (string.IsNullOrEmpty(suite.Name) ? "unknown" : suite.Name),
        };

        // Only when all of it is read: of a test that is cut off nobody knows whether it failed.
        _results.Add(reader.IsEmptyElement ? result : WithOutcome(result, reader));
    }

    private TestResult WithOutcome(TestResult result, XmlReader reader)
    {
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != depth + 1)
                continue;

            // flakyFailure, rerunFailure and the like tell of earlier tries; the test itself passed or has a failure as well.
            TestOutcome? outcome = reader.LocalName switch
            {
                "failure" or "error" => TestOutcome.Failure,
                "skipped" => TestOutcome.Skipped,
                _ => null,
            };
            if (outcome is null || (result.Result == TestOutcome.Failure && outcome == TestOutcome.Skipped))
                continue;

            var message = Message(reader);
            result = result with
            {
                Result = outcome.Value,
                Message = result.Message.Length == 0 ? message : Cut(result.Message + "\n" + message, limits.MessageCharacters),
            };
        }

        return result;
    }

    /// <summary>The attribute, and below it the text unless it says the same.</summary>
    private string Message(XmlReader reader)
    {
        var said = reader.GetAttribute("message") ?? "";
        var text = new StringBuilder();
        if (!reader.IsEmptyElement)
        {
            var depth = reader.Depth;
            while (reader.Read() && reader.Depth > depth)
            {
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && text.Length < limits.MessageCharacters)
                    text.Append(Cut(reader.Value, limits.MessageCharacters));
            }
        }

        var written = text.ToString().Trim();
        if (said.Length == 0 || written.Contains(said, StringComparison.Ordinal))
            return Cut(written, limits.MessageCharacters);
        return Cut(written.Length == 0 ? said : said + "\n" + written, limits.MessageCharacters);
    }

    private string? Attribute(XmlReader reader, string name) => reader.GetAttribute(name) is { } value ? Cut(value, limits.NameCharacters) : null;

    /// <summary>Some tools write <c>1,234.5</c>; what cannot be read, or is below zero, is 0.</summary>
    private static double Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds) && seconds > 0
            ? seconds
            : 0;

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        return char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most];
    }
}
