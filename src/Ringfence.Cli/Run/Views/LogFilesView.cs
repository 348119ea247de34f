using System.Globalization;
using System.Text;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Run.Views;

/// <summary>
/// Keeps a run as files in its folder: <c>logs/workflow/job[/node]/NN-step.log</c> with the bytes as they were printed (EX-6.23),
/// <c>events.jsonl</c> with everything else, and in the end <c>jobs.junit.xml</c>. When a file cannot be written the run goes on, and <see cref="TakeTrouble"/> says so once.
/// </summary>
internal sealed class LogFilesView : IRunView
{
    /// <summary>The folder of the logs, below the folder of the run.</summary>
    public const string LogFolder = "logs";

    private const int BufferSize = 64 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly RunBoard _board;
    private readonly string _folder;
    private readonly Dictionary<(JobRunKey Job, int Step), StepLog> _logs = [];
    private readonly Dictionary<string, FileNames> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<WorkflowRecord, string> _workflowFolders = [];
    private readonly Dictionary<JobRecord, string> _jobFolders = [];
    private FileStream? _events;
    private string? _trouble;
    private bool _broken;

    public LogFilesView(RunBoard board, string folder)
    {
        (_board, _folder) = (board, folder);
        Guard(() =>
        {
            Directory.CreateDirectory(Path.Combine(folder, LogFolder), OwnerOnly | UnixFileMode.UserExecute);
            _events = Open(Path.Combine(folder, "events.jsonl"));
        });
    }

    /// <summary>What stands in the way of the logs, the first time this is asked after it happened; else null.</summary>
    public string? TakeTrouble()
    {
        var trouble = _trouble;
        _trouble = null;
        return trouble;
    }

    public void Show(RunEvent happened)
    {
        // Nothing more is tried on a full disk: a log with a hole is worse than one that ends.
        if (_broken)
            return;
        Guard(() => Keep(happened));
    }

    public void Tick(DateTimeOffset now)
    {
        if (_broken)
            return;
        Guard(() =>
        {
            _events?.Flush();
            foreach (var log in _logs.Values)
                log.File?.Flush();
        });
    }

    public void Dispose()
    {
        foreach (var log in _logs.Values)
            Guard(log.Close);
        _logs.Clear();
        Guard(() => _events?.Dispose());
        _events = null;
    }

    private void Keep(RunEvent happened)
    {
        if (happened is RunEvent.StepOutput output)
        {
            var log = LogOf(output.Job, output.Step, output.At);
            log.File ??= Open(log.Path);
            log.File.Write(output.Bytes.Span);
            return;
        }

        _events?.Write(Encoding.UTF8.GetBytes(RunJson.Line(RunEventJson.Of(happened, _board)) + "\n"));
        switch (happened)
        {
            case RunEvent.StepStarted started:
                // Another attempt has a file of its own.
                if (_logs.Remove((started.Job, started.Step.Step), out var earlier))
                    earlier.Close();
                var log = LogOf(started.Job, started.Step.Step, started.At);
                log.File ??= Open(log.Path);
                break;
            case RunEvent.StepEnded ended:
                // What runs in the background may print after that; then the file is opened again.
                if (_logs.TryGetValue((ended.Job, ended.Step.Step), out var ending))
                    ending.Close();
                break;
            case RunEvent.JobEnded ended:
                foreach (var (key, file) in _logs.Where(l => l.Key.Job == ended.Job).ToArray())
                {
                    file.Close();
                    _logs.Remove(key);
                }

                break;
            case RunEvent.PipelineEnded:
                var path = Path.Combine(_folder, "jobs.junit.xml");
                using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
                    JobsJUnit.Write(file, _board);
                _events?.Flush();
                break;
        }
    }

    private StepLog LogOf(JobRunKey key, int step, DateTimeOffset at)
    {
        if (_logs.TryGetValue((key, step), out var known))
            return known;

        var workflow = _board.Workflow(key.Workflow);
        var job = _board.Job(key);
        if (!_workflowFolders.TryGetValue(workflow, out var workflowFolder))
            _workflowFolders[workflow] = workflowFolder = Below(Path.Combine(_folder, LogFolder), workflow.AutoRerun == 0 ? workflow.Name : $"{workflow.Name}.rerun-{workflow.AutoRerun.ToString(CultureInfo.InvariantCulture)}");
        if (!_jobFolders.TryGetValue(job, out var jobFolder))
            _jobFolders[job] = jobFolder = Below(workflowFolder, job.Plan.Name);
        var folder = job.Count > 1 ? Path.Combine(jobFolder, key.Node.ToString(CultureInfo.InvariantCulture)) : jobFolder;
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var name = _board.Node(key, at).Step(step)?.Start.Name ?? "output";
        var number = (step + 1).ToString("00", CultureInfo.InvariantCulture);
        return _logs[(key, step)] = new StepLog(Path.Combine(folder, NamesIn(folder).Take($"{number}-{FileNames.Slug(name)}", ".log")));
    }

    private string Below(string folder, string name) => Path.Combine(folder, NamesIn(folder).Take(name));

    private FileNames NamesIn(string folder)
    {
        if (!_names.TryGetValue(folder, out var names))
            _names[folder] = names = new FileNames();
        return names;
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Append,
        Access = FileAccess.Write,
        Share = FileShare.Read | FileShare.Delete,
        BufferSize = BufferSize,
        UnixCreateMode = OwnerOnly,
    });

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (_broken)
                return;
            _broken = true;
            _trouble = $"The logs of this run end here: {DisplayText.Escape(failure.Message)} Free some space or choose another folder, and run it again if you need them.";
        }
    }

    private sealed class StepLog(string path)
    {
        public string Path { get; } = path;

        public FileStream? File { get; set; }

        public void Close()
        {
            var file = File;
            File = null;
            file?.Dispose();
        }
    }
}
