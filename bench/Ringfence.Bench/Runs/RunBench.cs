using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ringfence.Bench.Runs;

/// <summary>
/// What <c>ringfence run</c> adds to the bare work, beside gitlab-ci-local doing the same in the same run.
/// Needs Docker with the images of the tests, tar and zstd; rsync and git for the peer.
/// </summary>
internal sealed class RunBench(string binary, string? peer)
{
    private const int Steps = 100;
    private const int FanOut = 100;
    private const int ContainerFanOut = 20;
    private const int LogMegabytes = 512;
    private const int Repeats = 5;
    private const string Image = "ringfence-test/debian";

    private readonly string _folder = Directory.CreateTempSubdirectory("ringfence-bench-").FullName;

    private TimedProgram In(string folder) => new(folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["RINGFENCE_HOME"] = Path.Combine(_folder, "home") });

    /// <summary>Prints the tables.</summary>
    public void Print()
    {
        try
        {
            Console.WriteLine("| work | bare | ringfence | what it adds | aim |\n|---|---:|---:|---:|---:|");
            PerStepAndJob();
            Logs();
            Caches();
            Console.WriteLine("\n| fan-out | ringfence | gitlab-ci-local |\n|---|---:|---:|");
            FanOuts();
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void PerStepAndJob()
    {
        foreach (var (kind, executor) in (ReadOnlySpan<(string, string)>)[("container", $"docker: [image: {Image}]"), ("fence", "machine: true")])
        {
            var one = Ringfence(Config(executor, "- run: \"true\""));
            var many = Ringfence(Config(executor, string.Concat(Enumerable.Repeat("- run: \"true\"\n      ", Steps + 1))));
            var loop = $"echo true > /tmp/s.sh; i=0; while [ $i -lt {Steps} ]; do bash -eo pipefail /tmp/s.sh; i=$((i+1)); done";
            string[] bare = kind is "container" ? ["docker", "run", "--rm", Image, "bash", "-c"] : ["bash", "-c"];
            var bareOne = Bare([.. bare, "true"]);
            var bareMany = Bare([.. bare, loop]);
            var (perStep, barePerStep) = ((many - one) / Steps, (bareMany - bareOne) / Steps);
            Row($"one more step in a {kind}", Milliseconds(barePerStep), Milliseconds(perStep), Milliseconds(perStep - barePerStep), "5 ms");
            Row($"one job with one step in a {kind}, the program's start included", Milliseconds(bareOne), Milliseconds(one), Milliseconds(one - bareOne), kind is "container" ? "150 ms" : "");
        }
    }

    private void Logs()
    {
        var lines = $"bash -c \"yes $(printf '%0100d' 7) | head -n {LogMegabytes * 1024 * 1024 / 101}\" || true";
        var bare = In(_folder).Best(3, "bash", "-c", $"{lines} | tee {_folder}/log | cat > /dev/null").Time;
        File.Delete(Path.Combine(_folder, "log"));
        var empty = Ringfence(Config("machine: true", "- run: \"true\""));
        // Somebody reads it at once and keeps nothing; this program would take longer than either.
        var full = In(Project(Config("machine: true", $"- run: |\n          {lines}"))).Best(3, "bash", "-o", "pipefail", "-c", $"{binary} run --plain | cat > /dev/null").Time;
        Row($"{LogMegabytes} MB of lines to a file and to a pipe", Speed(bare), Speed(full - empty), $"{(full - empty) / bare:F2} times the time of tee", "200 MB/s");

        static string Speed(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{LogMegabytes / time.TotalSeconds:F0} MB/s");
    }

    private void Caches()
    {
        const string Tree = "i=0; while [ $i -lt 40 ]; do mkdir -p tree/$i; j=0; while [ $j -lt 50 ]; do head -c 50000 /dev/urandom | base64 > tree/$i/$j; j=$((j+1)); done; i=$((i+1)); done";
        var here = In(_folder);
        here.Best(1, "bash", "-c", Tree);
        var save = here.Best(3, "bash", "-c", "tar c tree | zstd -q -f -o tree.zst").Time;

        // Nothing is removed before: some file systems are slow to make files where others have just gone.
        var restore = here.Best(3, "bash", "-c", "out=$(mktemp -d out.XXXXXX); zstd -q -d -c tree.zst | tar x -C $out").Time;

        var steps = new StringBuilder($"- run: \"{Tree}\"\n");
        for (var i = 0; i < 3; i++)
            steps.Append(CultureInfo.InvariantCulture, $"      - save_cache: {{key: tree-{i}, paths: [tree]}}\n");
        for (var i = 0; i < 3; i++)
            steps.Append(CultureInfo.InvariantCulture, $"      - run: mv tree tree-{i}\n      - restore_cache: {{key: tree-{i}}}\n");
        var times = StepTimes(In(Project(Config("machine: true", steps.ToString()))).Best(1, binary, "run", "--format", "json").Printed);
        var (saved, restored) = (times["Saving cache"], times["Restoring cache"]);

        Row("save a cache of 2,000 files, 135 MB, beside tar and zstd", Milliseconds(save), Milliseconds(saved), Times(saved, save), "1.2 times");
        Row("restore it, beside zstd and tar", Milliseconds(restore), Milliseconds(restored), Times(restored, restore), "1.2 times");

        static string Times(TimeSpan ours, TimeSpan theirs) => string.Create(CultureInfo.InvariantCulture, $"{ours / theirs:F2} times");
    }

    private void FanOuts()
    {
        foreach (var (kind, executor, count, peerOption) in (ReadOnlySpan<(string, string, int, string)>)
                 [("jobs behind a fence, beside the peer's plain shells", "machine: true", FanOut, "--force-shell-executor"), ("jobs in containers", $"docker: [image: {Image}]", ContainerFanOut, $"--helper-image={Image}")])
        {
            var config = new StringBuilder("version: 2.1\njobs:\n");
            var gitlab = new StringBuilder();
            for (var i = 0; i < count; i++)
            {
                config.Append(CultureInfo.InvariantCulture, $"  j{i}: {{{executor}, steps: [run: \"echo hi\"]}}\n");
                gitlab.Append(CultureInfo.InvariantCulture, $"j{i}:\n  image: {Image}\n  script: [echo hi]\n");
            }

            config.Append("workflows: {main: {jobs: [").AppendJoin(", ", Enumerable.Range(0, count).Select(i => $"j{i}")).Append("]}}\n");
            var ours = Ringfence(config.ToString(), repeats: 2);
            Console.WriteLine($"| {count} {kind}, as many at a time as there are processors | {Seconds(ours)} | {(peer is null ? "not run" : Seconds(Peer(gitlab.ToString(), peerOption)))} |");
        }
    }

    private TimeSpan Peer(string config, string option)
    {
        var folder = Directory.CreateTempSubdirectory("ringfence-peer-").FullName;
        File.WriteAllText(Path.Combine(folder, ".gitlab-ci.yml"), config);
        var here = In(folder);
        here.Best(1, "bash", "-c", "git init -q . && git remote add origin git@gitlab.com:a/b.git && git add -A && git -c user.name=a -c user.email=a@b.c commit -qm x");
        var time = here.Best(2, peer!, "--pull-policy=if-not-present", $"--concurrency={Environment.ProcessorCount}", option).Time;
        Directory.Delete(folder, recursive: true);
        return time;
    }

    private TimeSpan Ringfence(string config, int repeats = Repeats) => In(Project(config)).Best(repeats, binary, "run", "--plain").Time;

    private TimeSpan Bare(string[] command) => In(_folder).Best(Repeats, command[0], command[1..]).Time;

    private string Project(string config)
    {
        var folder = Path.Combine(_folder, Guid.NewGuid().ToString("N"), ".circleci");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.yml"), config);
        return Path.GetDirectoryName(folder)!;
    }

    private static string Config(string executor, string steps) => $"version: 2.1\njobs:\n  build:\n    {executor}\n    steps:\n      {steps}\nworkflows: {{main: {{jobs: [build]}}}}\n";

    /// <summary>How long steps took by their names; the quickest of those of one name.</summary>
    private static Dictionary<string, TimeSpan> StepTimes(string events)
    {
        var (names, times) = (new Dictionary<int, string>(), new Dictionary<string, TimeSpan>(StringComparer.Ordinal));
        foreach (var line in events.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var json = JsonDocument.Parse(line).RootElement;
            if (json.GetProperty("event").GetString() is "step_started")
                names[json.GetProperty("step").GetInt32()] = json.GetProperty("name").GetString()!;
            else if (json.GetProperty("event").GetString() is "step_ended")
            {
                var (name, time) = (names[json.GetProperty("step").GetInt32()], TimeSpan.FromMilliseconds(json.GetProperty("duration_ms").GetInt64()));
                times[name] = times.TryGetValue(name, out var before) && before < time ? before : time;
            }
        }

        return times;
    }

    private static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F1} ms");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");
}
