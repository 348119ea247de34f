using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Ringfence.Bench;
using Ringfence.Bench.Gate;
using Ringfence.Bench.Runs;

// ./dev bench --quick [--all] [--binary artifacts/ringfence/…/ringfence]   tables in less than two minutes
// ./dev bench [--filter …]                                                  BenchmarkDotNet with its own options
// ./dev bench --runs --binary … [--peer …/gitlab-ci-local]                   runs of pipelines beside the bare work and a peer
// ./dev bench --gate                                                         the masking of logs beside simpler searches
// ./dev bench --gate-files FOLDER                                            the search of files one by one, as a tar and as a compressed tar
// ./dev bench --gate-false-alarms FOLDER…                                    what the gate finds of random secrets in files that hold none
// ./dev bench --profile [part of a file's name]                             the compiler alone for 20 seconds, for a profiler
if (args.Contains("--profile"))
{
    var texts = Sample.Corpus().Where(s => s.Name.Contains(args[^1], StringComparison.Ordinal) || args.Length == 1).Select(s => s.Text).ToArray();
    for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(20);)
        Array.ForEach(texts, t => GC.KeepAlive(Work.Compiled(t)));
    return;
}

if (args.Contains("--gate"))
{
    GateBench.Print();
    return;
}

if (Array.IndexOf(args, "--gate-files") is var files and >= 0)
{
    FileBench.Print(args[files + 1]);
    return;
}

if (Array.IndexOf(args, "--gate-false-alarms") is var alarms and >= 0)
{
    FalseAlarms.Print(args[(alarms + 1)..]);
    return;
}

if (args.Contains("--runs"))
{
    new RunBench(Path.GetFullPath(args[Array.IndexOf(args, "--binary") + 1]), Array.IndexOf(args, "--peer") is >= 0 and var peer ? Path.GetFullPath(args[peer + 1]) : null).Print();
    return;
}

if (args.Contains("--quick"))
{
    QuickRun.Print(args.Contains("--all"));
    if (Array.IndexOf(args, "--binary") is var at and >= 0)
        WholeProcess.Print(Path.GetFullPath(args[at + 1]));
    return;
}

// In this process: the projects that BenchmarkDotNet would generate do not know this repository's central package versions.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
    .Run(args, DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)));
