using System.Diagnostics;

namespace Ringfence.Fuzz.Targets;

/// <summary>A part of the compiler that takes texts from outside, with the properties that hold whatever the text.</summary>
internal abstract class FuzzTarget
{
    private const int MostMilliseconds = 2000;
    private const long MostBytes = 1L << 30;

    public static IReadOnlyList<FuzzTarget> All { get; } = [new YamlTarget(), new ExpressionTarget(), new RegexTarget(), new CompilerTarget(), new PackTarget()];

    public abstract string Name { get; }

    public abstract IReadOnlyList<string> Words { get; }

    public abstract int MostCharacters { get; }

    /// <summary>Runs one input and checks what is particular to the target.</summary>
    protected abstract Observation Observe(string input);

    /// <summary>Runs an input twice and checks everything.</summary>
    public Observation Check(string input)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Environment.CpuUsage.TotalTime;
        Observation first, second;
        try
        {
            first = Observe(input);
            var (middle, firstBytes) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread() - bytes);
            second = Observe(input);

            // Time of the processor, and the quicker of both: neither other programs nor the just-in-time compiler are the input's fault.
            var time = TimeSpan.FromTicks(Math.Min((middle - start).Ticks, (Environment.CpuUsage.TotalTime - middle).Ticks));
            if (time.TotalMilliseconds > MostMilliseconds)
                first.Broken("slow", $"{time.TotalSeconds:F1} s");
            if (firstBytes > MostBytes)
                first.Broken("memory", $"{firstBytes >> 20} MB");
        }
        catch (Exception e)
        {
            var place = new StackTrace(e).GetFrames().Select(f => f.GetMethod()).FirstOrDefault(m => m?.DeclaringType?.Namespace?.StartsWith("Ringfence.", StringComparison.Ordinal) == true);
            var failed = new Observation($"exception {e.GetType().Name}", "");
            failed.Broken($"{e.GetType().Name} in {place?.DeclaringType?.Name}.{place?.Name}", e.ToString());
            return failed;
        }

        if (first.Digest != second.Digest)
            first.Broken("two runs differ", $"{Difference(first.Digest, second.Digest)}");
        return first;
    }

    protected static string Difference(string left, string right)
    {
        var at = left.AsSpan().CommonPrefixLength(right);
        return $"at {at}: '{Around(left, at)}' and '{Around(right, at)}'";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)];
}
