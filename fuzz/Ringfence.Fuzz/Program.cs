using System.Globalization;
using Ringfence.Fuzz.Supervision;
using Ringfence.Fuzz.Targets;

const string Usage = """
    ./dev fuzz TARGET [--minutes N] [--seed N]   run a target; what it finds is in fuzz/crashes/
    ./dev fuzz TARGET --input FILE               run one input and say what it breaks
    The targets are
    """;

var target = FuzzTarget.All.FirstOrDefault(t => args.Contains(t.Name));
if (target is null)
{
    Console.Error.WriteLine($"{Usage} {string.Join(", ", FuzzTarget.All.Select(t => t.Name))}.");
    return 64;
}

var paths = new Paths(Paths.FindRepository(), target.Name);
if (args is ["--worker", _, var seconds, var chance])
{
    new Worker(target, paths, ulong.Parse(chance, CultureInfo.InvariantCulture)).Run(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
    return 0;
}

if (After("--input") is { } file)
{
    var seen = target.Check(InputFile.Read(file));
    Console.WriteLine($"{seen.Signature}\n{seen.Digest}");
    foreach (var finding in seen.Findings)
        Console.WriteLine($"FOUND {finding.Key}: {finding.Detail}");
    return seen.Findings.Count == 0 ? 0 : 1;
}

var minutes = double.Parse(After("--minutes") ?? "1", CultureInfo.InvariantCulture);
var deaths = await new Supervisor(target, paths, ulong.Parse(After("--seed") ?? "1", CultureInfo.InvariantCulture)).Run(TimeSpan.FromMinutes(minutes));
return deaths == 0 ? 0 : 1;

string? After(string option) => Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
