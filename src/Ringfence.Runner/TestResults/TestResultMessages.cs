using System.Text;

namespace Ringfence.Runner.TestResults;

/// <summary>The log lines of <c>store_test_results</c>.</summary>
public static class TestResultMessages
{
    /// <summary>There are no files of test results in the path (EX-7.51).</summary>
    public const string None = "Found no test results, skipping";

    /// <summary>What is read (EX-7.51).</summary>
    public static string Archiving(IEnumerable<string> files) => string.Join('\n', ["Archiving the following test results", .. files.Select(file => $"  * {file}")]);

    /// <summary>The path is not there; the step succeeds (EX-7.51).</summary>
    public static string NoPath(string absolute) =>
        $"Unable to save test results from {absolute}\nError path is not valid {absolute}: stat {absolute}: no such file or directory";

    /// <summary>A file or folder that the job's user may not read.</summary>
    public static string Unreadable(string absolute) => $"Warning: not read, since the user of the job may not: {absolute}";

    /// <summary>The path is a hidden folder (EX-7.50).</summary>
    public static string Hidden(string absolute) => $"Unable to save test results from {absolute}\nError path is not valid {absolute}: a hidden directory cannot hold test results";

    /// <summary>Files that are not what they should be (EX-7.52).</summary>
    public static string Problems(TestUpload upload)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var text = new StringBuilder();
        foreach (var (file, problems) in upload.Problems)
        {
            text.Append("failed uploading test results: File: ").Append(file).Append(" had the following problems:\n");
            foreach (var problem in problems)
                text.Append("  * ").Append(problem).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
