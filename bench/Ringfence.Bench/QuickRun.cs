namespace Ringfence.Bench;

/// <summary>The comparison in less than two minutes, as tables: each file several times, the quickest run of each counts, in time of the processor.</summary>
internal static class QuickRun
{
    private const int Passes = 50;

    private sealed record Row(Sample Sample, Measurement Events, Measurement Tree, Measurement Compiled)
    {
        public double Ratio => Compiled.Time / Events.Time;
    }

    public static void Print(bool showsAll)
    {
        var rows = Measure([.. Sample.Corpus(), ThousandLines.Make()]);
        var generated = rows[^1];
        rows.RemoveAt(rows.Count - 1);
        PrintSum(rows);
        PrintFiles("One generated config", [generated]);
        PrintFiles("The ten largest", rows.OrderByDescending(r => r.Sample.Text.Length).Take(10));
        PrintFiles("The ten with the largest ratio", rows.OrderByDescending(r => r.Ratio).Take(10));
        if (showsAll)
            PrintFiles("All", rows);
    }

    private static List<Row> Measure(IReadOnlyList<Sample> samples)
    {
        List<Row> rows = [.. samples.Select(s => new Row(s, new Measurement(), new Measurement(), new Measurement()))];
        for (var pass = 0; pass < Passes; pass++)
        {
            foreach (var row in rows)
            {
                row.Events.Run(() => Work.Events(row.Sample.Text));
                row.Tree.Run(() => Work.Tree(row.Sample.Text));
                row.Compiled.Run(() => Work.Compiled(row.Sample.Text));
            }
        }

        return rows;
    }

    private static void PrintSum(List<Row> rows)
    {
        var megabytes = rows.Sum(r => (double)r.Sample.Text.Length) / 1e6;
        Write($"{rows.Count} files, {megabytes:F2} MB, {rows.Sum(r => r.Sample.Lines):N0} lines; the quickest of {Passes} runs of each in time of the processor, added up");
        Write("");
        Write("| | time, ms | ms per MB | allocated, MB | time to events | allocations to events |");
        Write("|---|---:|---:|---:|---:|---:|");
        Line("YamlDotNet's events", r => r.Events);
        Line("YamlReader.Read", r => r.Tree);
        Line("Compiler.Compile", r => r.Compiled);
        WithoutLargest(rows);
        var ratios = rows.Select(r => r.Ratio).Order().ToArray();
        Write("");
        Write($"Compiler.Compile to events, per file: median {ratios[ratios.Length / 2]:F2}, 90 % below {ratios[ratios.Length * 9 / 10]:F2}, most {ratios[^1]:F2}");

        void Line(string name, Func<Row, Measurement> of)
        {
            var (time, bytes) = (Milliseconds(rows, of), rows.Sum(r => of(r).Bytes));
            Write($"| {name} | {time:F1} | {time / megabytes:F1} | {bytes / 1e6:F1} | {time / Milliseconds(rows, r => r.Events):F2} | {bytes / (double)rows.Sum(r => r.Events.Bytes):F2} |");
        }
    }

    /// <summary>One config can expand to many times its size; it should not hide the others.</summary>
    private static void WithoutLargest(List<Row> rows)
    {
        var largest = rows.MaxBy(r => r.Compiled.Time - (2 * r.Events.Time))!;
        var others = rows.Where(r => r != largest).ToList();
        Write("");
        Write($"Without {largest.Sample.Name}: Compiler.Compile to events {Milliseconds(others, r => r.Compiled) / Milliseconds(others, r => r.Events):F2}, YamlReader.Read to events {Milliseconds(others, r => r.Tree) / Milliseconds(others, r => r.Events):F2}");
    }

    private static void PrintFiles(string title, IEnumerable<Row> rows)
    {
        Write("");
        Write(title);
        Write("");
        Write("| file | lines | kB | events, ms | tree, ms | compiled, ms | compiled to events | compiled, kB allocated |");
        Write("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var row in rows)
        {
            Write(
                $"| {row.Sample.Name} | {row.Sample.Lines} | {row.Sample.Text.Length / 1e3:F1} | {row.Events.Time.TotalMilliseconds:F3} | {row.Tree.Time.TotalMilliseconds:F3} "
                + $"| {row.Compiled.Time.TotalMilliseconds:F3} | {row.Ratio:F2} | {row.Compiled.Bytes / 1e3:F0} |");
        }
    }

    private static double Milliseconds(List<Row> rows, Func<Row, Measurement> of) => rows.Sum(r => of(r).Time.TotalMilliseconds);

    private static void Write(string text) => Console.WriteLine(text);
}
