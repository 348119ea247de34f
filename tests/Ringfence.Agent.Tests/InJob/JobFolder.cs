using System.Text;
using Ringfence.Agent.InJob;

namespace Ringfence.Agent.Tests.InJob;

/// <summary>A working directory of a job with a task folder beside it, in which the command is called.</summary>
internal sealed class JobFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ringfence-injob-");

    public JobFolder()
    {
        Directory.CreateDirectory(Work);
        Directory.CreateDirectory(TaskData);
        Environment["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "";
        Environment[TaskFolder.Variable] = TaskData;
    }

    public string Work => Path.Combine(_root.FullName, "code");

    public string TaskData => Path.Combine(_root.FullName, "task");

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string File(string path, string text = "")
    {
        var full = Path.Combine(Work, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
        return full;
    }

    public void Timings(string json) => System.IO.File.WriteAllText(Path.Combine(TaskData, "timings.json"), json);

    public void FailedTests(string json) => System.IO.File.WriteAllText(Path.Combine(TaskData, "failed-tests.json"), json);

    public InJobCall Call(params ReadOnlySpan<string> arguments) => CallWith("", arguments);

    public InJobCall CallWith(string stdin, params ReadOnlySpan<string> arguments) => CallWith(Encoding.UTF8.GetBytes(stdin), arguments);

    public InJobCall CallWith(byte[] stdin, params ReadOnlySpan<string> arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = InJobCommand.Run(arguments, new InJobSurroundings
        {
            Stdin = new MemoryStream(stdin),
            Stdout = output,
            Stderr = error,
            Environment = Environment,
            WorkingDirectory = Work,
        });
        return new InJobCall(code, output.ToArray(), error.ToString());
    }

    public void Dispose() => _root.Delete(recursive: true);
}
