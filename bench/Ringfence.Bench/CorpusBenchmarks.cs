using BenchmarkDotNet.Attributes;

namespace Ringfence.Bench;

/// <summary>All configs of the corpus, one after another.</summary>
[MemoryDiagnoser]
public class CorpusBenchmarks
{
    private string[] _texts = [];

    [GlobalSetup]
    public void Load() => _texts = [.. Sample.Corpus().Select(s => s.Text)];

    [Benchmark(Baseline = true)]
    public int Events() => _texts.Sum(Work.Events);

    [Benchmark]
    public int Tree() => _texts.Count(t => Work.Tree(t) is not null);

    [Benchmark]
    public int Compiled() => _texts.Count(t => Work.Compiled(t).IsValid);
}
