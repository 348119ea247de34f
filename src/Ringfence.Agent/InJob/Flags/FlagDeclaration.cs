namespace Ringfence.Agent.InJob.Flags;

/// <summary>One flag of a command. Without a <paramref name="Value"/>, the word that help shows for it, it is a switch.</summary>
internal sealed record FlagDeclaration(string Name, string? Value, string Meaning)
{
    /// <summary>The one letter that says the same; null if there is none.</summary>
    public char? Letter { get; init; }

    /// <summary>Whether it takes no value.</summary>
    public bool IsSwitch => Value is null;

    /// <summary>How help shows it.</summary>
    public string Shown => $"{(Letter is { } letter ? $"-{letter}, " : "")}--{Name}{(Value is null ? "" : " " + Value)}";
}
