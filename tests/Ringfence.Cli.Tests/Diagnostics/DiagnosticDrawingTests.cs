using System.Text;
using CsCheck;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Output;
using Ringfence.Primitives;

namespace Ringfence.Cli.Tests.Diagnostics;

public sealed class DiagnosticDrawingTests
{
    private const string Goldens = "tests/Ringfence.Cli.Tests/Diagnostics/Goldens/";
    private static readonly DiagnosticCode Error = new("RF0001", DiagnosticSeverity.Error, "A test");
    private static readonly DiagnosticCode Warning = new("RF0002", DiagnosticSeverity.Warning, "A test");

    [Fact]
    public void Draws_one_line() => Check("one-line", Draw("jobs:\n  biuld:\n    docker: x\n", "biuld", hint: "Did you mean 'build'?"));

    [Fact]
    public void Draws_a_warning_without_a_hint() => Check("warning", Draw("a: 1\nb: 2\n", "b: 2", code: Warning));

    [Fact]
    public void Draws_tabs_as_blanks() => Check("tabs", Draw("a:\t\tvalue\tmore\n", "value"));

    [Fact]
    public void Draws_wide_characters_in_two_columns() => Check("wide", Draw("名前: [日本語, ビルド, x]\n", "ビルド"));

    [Fact]
    public void Draws_combining_characters_in_no_column() => Check("combining", Draw("cafe\u0301: rocket 🚀 target\n", "target"));

    [Fact]
    public void Draws_a_block_of_a_few_lines() =>
        Check("block", Draw("jobs:\n  build:\n    docker: a\n    steps: b\n  next: c\n", "build:\n    docker: a\n    steps: b\n"));

    [Fact]
    public void Draws_a_block_that_begins_within_a_line() => Check("block-within", Draw("jobs: {a: 1,\n  b: 2,\n  c: 3}\n", "{a: 1,\n  b: 2,\n  c: 3}"));

    [Fact]
    public void Leaves_out_the_middle_of_a_long_block()
    {
        var block = string.Concat(Enumerable.Range(1, 120).Select(i => $"  key{i}: {i}\n"));

        Check("block-long", Draw("jobs:\n" + block, block.TrimStart()));
    }

    [Fact]
    public void Cuts_a_long_line_around_the_place()
    {
        var line = new string('a', 300) + " target " + new string('b', 300) + "\n";

        Check("long-line", Draw(line, "target"));
        Check("long-line-start", Draw(line, "aaaa"));
        Check("long-line-end", Draw(line, "bbbb\n"));
    }

    [Fact]
    public void Looks_at_a_part_only_of_an_endless_line()
    {
        var text = new string('x', 4_000_000) + "target" + new string('y', 4_000_000);

        Check("endless-line", Draw(text, "target"));
    }

    [Fact]
    public void Takes_every_kind_of_line_end() => Check("line-ends", Draw("a: 1\r\nb: target\r\nc: 3\r\n", "target") + Draw("a: 1\rb: target\rc: 3", "target"));

    [Fact]
    public void Draws_the_end_of_the_text()
    {
        var source = new SourceText("config.yml", "a: [1, 2");

        Check("end", Draw(new Diagnostic(Error, new SourceSpan(source, 8, 8), "Something is missing.")));
    }

    [Fact]
    public void Lets_no_text_drive_the_terminal() =>
        Check("control", Draw("a: \u001b[31mred\u0007 \u202eright\u200b \u009b2J target\n", "target", hint: "A hint with \u001b[2J in it."));

    [Fact]
    public void Draws_the_calls_that_led_there()
    {
        var source = new SourceText("config.yml", "workflows:\n  main:\n    jobs:\n      - build\njobs:\n  build:\n    steps: [greet]\n");
        var diagnostic = new Diagnostic(Error, Span(source, "greet"), "Cannot find a definition for command named greet", "Define it below 'commands'.")
        {
            Calls = [new CallFrame("workflow", "main", Span(source, "main")), new CallFrame("job", "build", Span(source, "build"))],
        };

        Check("calls", Draw(diagnostic));
    }

    [Fact]
    public void Draws_a_message_of_several_lines_and_no_place() =>
        Check("several-lines", Draw(new Diagnostic(Error, SourceSpan.None, "[#/jobs/build] 2 schema violations found\nrequired key [steps] not found", "One.\nTwo.")));

    [Fact]
    public void Draws_in_ascii_and_in_a_narrow_terminal() =>
        Check("narrow", Draw(Find(new string('a', 60) + " target " + new string('b', 60), "target", null, Error), new OutputTraits(false, false, 50)));

    [Fact]
    public void Draws_in_colours()
    {
        var drawn = DiagnosticDrawing.Draw(Find("jobs:\n  biuld: x\n", "biuld", "Did you mean 'build'?", Error), OutputTraits.Plain);
        var output = new StringWriter { NewLine = "\n" };
        StyledTextWriter.Write(drawn, output, new OutputTraits(true, true, 100));

        Check("colours", output.ToString().Replace("\u001b", "\\e", StringComparison.Ordinal));
    }

    [Fact]
    public void Puts_carets_under_exactly_the_span_whatever_the_text()
    {
        Gen.Select(Gen.OneOf("a", "\t", "日", "é", "e\u0301", "🚀", "\u001b", " ", "x").Array[0, 40], Gen.Int[0, 40], Gen.Int[0, 40])
            .Sample((parts, from, length) =>
            {
                var text = string.Concat(parts);
                var source = new SourceText("t", text);
                var start = Math.Min(from, text.Length);
                var span = new SourceSpan(source, start, Math.Min(start + length, text.Length));
                var lines = Snippet.Of(span, Tone.Error, OutputTraits.Plain).Text.ToString().Split('\n');
                return lines.Length >= 3 && lines[2].Contains('^', StringComparison.Ordinal);
            });
    }

    private static string Draw(string text, string target, string? hint = null, DiagnosticCode? code = null) => Draw(Find(text, target, hint, code ?? Error));

    private static string Draw(Diagnostic diagnostic, OutputTraits? traits = null) =>
        DiagnosticDrawing.Draw(diagnostic, traits ?? OutputTraits.Plain).ToString();

    private static Diagnostic Find(string text, string target, string? hint, DiagnosticCode code) =>
        new(code, Span(new SourceText("config.yml", text), target), "This is a test.", hint);

    private static SourceSpan Span(SourceText source, string target)
    {
        var start = source.Text.LastIndexOf(target, StringComparison.Ordinal);
        return new SourceSpan(source, start, start + target.Length);
    }

    private static void Check(string name, string drawn)
    {
        Assert.DoesNotContain('\u001b', drawn);
        Assert.DoesNotContain('\u202e', drawn);
        Assert.True(Encoding.UTF8.GetByteCount(drawn) < 4000);
        Golden.Check(drawn, $"{Goldens}{name}.txt");
    }
}
