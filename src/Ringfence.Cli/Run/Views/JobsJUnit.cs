using System.Globalization;
using System.Text;
using System.Xml;
using Ringfence.Runner.Jobs;
using Ringfence.Workflows;

namespace Ringfence.Cli.Run.Views;

/// <summary>Writes a run as JUnit XML for tools that read it: a suite for each workflow, a test case for each job or parallel run.</summary>
internal static class JobsJUnit
{
    /// <summary>Writes all workflows.</summary>
    public static void Write(Stream stream, RunBoard board)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "ringfence");
        foreach (var workflow in board.Workflows)
            WriteSuite(xml, workflow, board);
        xml.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter xml, WorkflowRecord workflow, RunBoard board)
    {
        var cases = workflow.Jobs.SelectMany(j => j.Nodes.Count == 0 ? [(Job: j, Node: (NodeRecord?)null)] : j.Nodes.Select(n => (Job: j, Node: (NodeRecord?)n))).ToArray();
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Safe(workflow.Title));
        xml.WriteAttributeString("tests", Number(cases.Length));
        xml.WriteAttributeString("failures", Number(cases.Count(c => Ending(c.Job, c.Node) == "failure")));
        xml.WriteAttributeString("errors", Number(cases.Count(c => Ending(c.Job, c.Node) == "error")));
        xml.WriteAttributeString("skipped", Number(cases.Count(c => Ending(c.Job, c.Node) == "skipped")));
        xml.WriteAttributeString("timestamp", workflow.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("time", Seconds((workflow.EndedAt ?? board.Ended?.At ?? workflow.StartedAt) - workflow.StartedAt));
        foreach (var (job, node) in cases)
            WriteCase(xml, workflow, job, node);
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, WorkflowRecord workflow, JobRecord job, NodeRecord? node)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Safe(workflow.Title));
        xml.WriteAttributeString("name", Safe(job.Plan.Name + (node is null ? "" : job.NodeSuffix(node.Node))));
        xml.WriteAttributeString("time", Seconds(node?.Result?.Duration ?? TimeSpan.Zero));
        if (Ending(job, node) is { } ending)
        {
            xml.WriteStartElement(ending);
            xml.WriteAttributeString("message", Safe(node is { Failed: true } ? FailureText.Of(node) : job.Reason.Length > 0 ? job.Reason : job.Status.ToApiText()));
            if (node is { Failed: true, FailedStep: { } step })
                xml.WriteString(Safe(string.Join('\n', step.Tail.Lines(OutputTail.ShownLines))));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string? Ending(JobRecord job, NodeRecord? node) => node?.Result?.Outcome switch
    {
        JobOutcome.Success => null,
        JobOutcome.InfrastructureFail => "error",
        JobOutcome.Failed or JobOutcome.TimedOut => "failure",
        JobOutcome.Canceled or JobOutcome.Unauthorized => "skipped",
        _ => job.Status switch
        {
            JobStatus.Success => null,
            JobStatus.Failed or JobStatus.TimedOut => "failure",
            JobStatus.InfrastructureFail or JobStatus.TerminatedUnknown => "error",
            _ => "skipped",
        },
    };

    // XML 1.0 has no way to write most control characters.
    private static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            safe.Append(rune.Value < 0x10000 && !XmlConvert.IsXmlChar((char)rune.Value) ? string.Create(CultureInfo.InvariantCulture, $@"\x{rune.Value:x2}") : rune.ToString());
        return safe.ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
