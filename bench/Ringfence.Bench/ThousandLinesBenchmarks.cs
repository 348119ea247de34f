using BenchmarkDotNet.Attributes;

namespace Ringfence.Bench;

/// <summary>One generated config of 1,000 lines.</summary>
[MemoryDiagnoser]
public class ThousandLinesBenchmarks
{
    private readonly string _text = ThousandLines.Make().Text;

    [Benchmark(Baseline = true)]
    public int Events() => Work.Events(_text);

    [Benchmark]
    public object? Tree() => Work.Tree(_text);

    [Benchmark]
    public object Compiled() => Work.Compiled(_text);
}
