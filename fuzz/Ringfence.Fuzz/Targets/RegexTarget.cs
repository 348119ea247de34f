using Ringfence.Config.Expressions;

namespace Ringfence.Fuzz.Targets;

/// <summary>Patterns: any text is compiled or refused, and matching ends soon. The first line is the pattern, the others are the text.</summary>
internal sealed class RegexTarget : FuzzTarget
{
    public override string Name => "regex";

    public override IReadOnlyList<string> Words { get; } = [.. Mutation.Words.Regex, .. Mutation.Words.Odd];

    public override int MostCharacters => 4096;

    protected override Observation Observe(string input)
    {
        var line = input.IndexOf('\n', StringComparison.Ordinal);
        var pattern = line < 0 ? input : input[..line];
        var text = line < 0 ? input : input[(line + 1)..];
        var regex = LinearRegex.Compile(pattern, out var error);
        var matches = regex?.IsMatch(text);
        var seen = new Observation($"{matches} {error?.Reason.Split(' ')[0].Length} {Observation.SizeClass(pattern.Length)}", $"{matches} {error}");
        if (regex is null != error is not null)
            seen.Broken("neither a pattern nor an error", "");
        if (error is not null && (error.Start < 0 || error.Start > pattern.Length || error.Reason.Length == 0))
            seen.Broken("place of an error", $"{error.Start} of {pattern.Length}: {error.Reason}");
        if (regex is not null && regex.Pattern != pattern)
            seen.Broken("other pattern", regex.Pattern);
        return seen;
    }
}
