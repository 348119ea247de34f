using System.Buffers;
using System.Globalization;
using System.Text;
using CsCheck;
using Ringfence.Gate.Logs;
using Ringfence.Primitives;

namespace Ringfence.Gate.Tests.Logs;

/// <summary>The law of the gate, for texts and secrets made of few signs, so that beginnings, repetitions and escapes meet everywhere.</summary>
[Rule("MSK-1", "MSK-4", "MSK-5", "EX-8.9")]
public sealed class LawTests
{
    // More for a night: the law is what everything else rests on.
    private static readonly int Iterations = int.TryParse(Environment.GetEnvironmentVariable("RINGFENCE_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 1500;

    private static readonly string[] Signs =
        ["a", "b", "ab", "1", "4", "%", "%4", "25", "\\", "\\x6", "\\u00", "n", "&", "&amp;", "#", ";", "\u001b[", "3", "m", "*", "****", "\"", " ", "\n", "é", "YWI", "61", "-", "'", "\0"];

    private static readonly Gen<string> Values = Gen.OneOf(Signs).Array[4, 12].Select(string.Concat);
    private static readonly Gen<string> Noise = Gen.OneOf(Signs).Array[0, 8].Select(string.Concat);
    private static readonly Gen<string> Gaps = Gen.Int[100, 140].Select(length => new string(' ', length));

    private sealed record Sample(string[] Secrets, byte[] Text, int[] Cuts);

    private static readonly Gen<Sample> Samples =
        from secrets in Values.Array[1, 4]
        from parts in Gen.Frequency((4, Noise), (3, Gen.OneOf(secrets)), (3, Gen.OneOf(secrets).Select(Changed, (value, change) => change(value))), (1, Gaps)).Array[0, 12]
        let text = Encoding.UTF8.GetBytes(string.Concat(parts))
        from cuts in Gen.Int[0, Math.Max(1, text.Length)].Array[0, 12]
        select new Sample(secrets, text, cuts);

    private static Gen<Func<string, string>> Changed => Gen.OneOf<Func<string, string>>(
        static value => value[..(value.Length / 2)],
        static value => value[(value.Length / 2)..],
        static value => Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
        static value => Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + value)),
        static value => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)),
        static value => Uri.EscapeDataString(value),
        static value => Uri.EscapeDataString(Uri.EscapeDataString(value)),
        static value => System.Net.WebUtility.HtmlEncode(value),
        static value => string.Join(' ', value.ToCharArray()),
        static value => "\u001b[1m" + value[..1] + "\u001b[0m" + value[1..],
        static value => value.ToUpperInvariant());

    [Fact]
    public void Any_cut_of_any_text_gives_the_same_output_without_a_secret() => Samples.Sample(
        sample =>
        {
            using var matcher = Masking.Matcher(sample.Secrets);
            var whole = Masking.Mask(matcher, [sample.Text]);
            var pieces = Masking.Mask(matcher, Pieces(sample));
            var bytes = Masking.Mask(matcher, sample.Text.Select(b => new[] { b }));

            Assert.Equal(Masking.Text(whole), Masking.Text(pieces));
            Assert.Equal(Masking.Text(whole), Masking.Text(bytes));
            Assert.Equal(0, Masking.Count(matcher, whole));
            if (Masking.Count(matcher, sample.Text) == 0)
                Assert.Equal(sample.Text, whole);
        },
        iter: Iterations,
        print: Print);

    /// <summary>A literal value is found whatever stands around it: nothing before it can take a part of it for its own.</summary>
    [Fact]
    public void A_value_as_it_is_never_passes() => Samples.Sample(
        sample =>
        {
            using var matcher = Masking.Matcher(sample.Secrets);
            var output = Masking.Mask(matcher, Pieces(sample));
            var unmasked = matcher.Unmasked.Select(secret => secret.Name).ToHashSet();
            for (var i = 0; i < sample.Secrets.Length; i++)
            {
                if (!unmasked.Contains($"SECRET_{i + 1}"))
                    Assert.Equal(-1, output.AsSpan().IndexOf(Encoding.UTF8.GetBytes(sample.Secrets[i])));
            }
        },
        iter: Iterations,
        print: Print);

    [Fact]
    public void Released_at_any_moment_the_output_has_no_secret() => Samples.Sample(
        sample =>
        {
            using var matcher = Masking.Matcher(sample.Secrets);
            using var mask = new LogMask(matcher);
            var output = new ArrayBufferWriter<byte>();
            foreach (var piece in Pieces(sample))
            {
                mask.Write(piece, output);
                mask.Release(output);
            }

            mask.Complete(output);

            Assert.False(mask.IsHolding);
            Assert.Equal(0, Masking.Count(matcher, output.WrittenSpan.ToArray()));
            if (Masking.Count(matcher, sample.Text) == 0)
                Assert.Equal(sample.Text, output.WrittenSpan.ToArray());
        },
        iter: Iterations,
        print: Print);

    /// <summary>Found by chance: the mask ends behind a percent sign that, as it turns out later, began an escape.</summary>
    [Fact]
    public void A_release_behind_a_mask_keeps_an_escape_together()
    {
        const string value = "ab\u001b[1\\u00n'%";
        using var matcher = Masking.Matcher(value);
        using var mask = new LogMask(matcher);
        var output = new ArrayBufferWriter<byte>();
        mask.Write(Masking.Bytes(value + "a"), output);
        mask.Release(output);
        mask.Write(Masking.Bytes("b%251B%255B1%255Cu00n%2527%2525%nb"), output);
        mask.Complete(output);

        Assert.Equal(0, Masking.Count(matcher, output.WrittenSpan.ToArray()));
    }

    /// <summary>Found by chance: a mask behind ESC was taken for the choice of a set of signs, and what stood around it for the secret.</summary>
    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("")]
    public void A_mask_is_no_part_of_an_escape_sequence(string opening)
    {
        var value = $"ab\u001b{opening}Zcd";
        using var matcher = Masking.Matcher(value);
        foreach (var mask in (string[])["****", "####"])
            Assert.Equal(0, Masking.Count(matcher, Masking.Bytes($"ab\u001b{opening}{mask}Zcd")));
    }

    /// <summary>Switching to a matcher that knows more neither loses nor doubles a byte.</summary>
    [Fact]
    public void Switching_in_the_middle_loses_nothing() => Samples.Sample(
        sample =>
        {
            using var none = Masking.Matcher(sample.Secrets[0]);
            using var all = none.With(sample.Secrets.Skip(1).Select(value => new GateSecret("ADDED", new SecretValue(value))));
            using var mask = new LogMask(none);
            var output = new ArrayBufferWriter<byte>();
            foreach (var piece in Pieces(sample))
            {
                mask.Write(piece, output);
                mask.Switch(all);
            }

            mask.Complete(output);

            if (mask.CaughtCount == 0)
                Assert.Equal(sample.Text, output.WrittenSpan.ToArray());
        },
        iter: Iterations,
        print: Print);

    private static List<byte[]> Pieces(Sample sample)
    {
        var pieces = new List<byte[]>();
        var at = 0;
        foreach (var cut in sample.Cuts.Order())
        {
            var end = Math.Clamp(cut, at, sample.Text.Length);
            pieces.Add(sample.Text[at..end]);
            at = end;
        }

        pieces.Add(sample.Text[at..]);
        return pieces;
    }

    private static string Print(Sample sample) =>
        $"secrets {string.Join(" | ", sample.Secrets.Select(value => Convert.ToHexString(Encoding.UTF8.GetBytes(value))))}; text {Convert.ToHexString(sample.Text)}; cuts {string.Join(",", sample.Cuts)}";
}
