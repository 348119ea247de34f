namespace Ringfence.Gate.Tests.Cases;

/// <summary>One way by which careless output loses a secret.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Show">What is printed of the value.</param>
internal sealed record MaskCase(string Name, Func<string, string> Show)
{
    /// <summary>The values that it is tried with.</summary>
    public string[] Secrets { get; init; } = SampleSecrets.Lines;

    /// <summary>What is printed before and behind.</summary>
    public (string Before, string After) Around { get; init; } = ("the value is ", " and that was it\n");

    /// <summary>Where the output is cut into two writes, as a part of what is printed; none if negative.</summary>
    public double Cut { get; init; } = -1;

    /// <summary>Whether the value passes.</summary>
    public bool Leaks(string secret)
    {
        using var matcher = Masking.Matcher(secret);
        var shown = Show(secret);
        var text = Masking.Bytes(Around.Before + shown + Around.After);
        var cut = Cut < 0 ? 0 : Masking.Bytes(Around.Before).Length + (int)(Cut * shown.Length);
        return Survival.Leaks(Masking.Text(Masking.Mask(matcher, [text[..cut], text[cut..]])), shown);
    }

    /// <summary>How many of the values were caught.</summary>
    public int Caught() => Secrets.Count(secret => !Leaks(secret));

    public override string ToString() => Name;
}
