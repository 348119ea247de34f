using System.Collections.Immutable;

namespace Ringfence.Cli.Secrets.Import;

/// <summary>What a file of secrets holds. Disposing zeroes the values.</summary>
/// <param name="Secrets">The secrets, in the order of the file.</param>
/// <param name="Problems">The lines that are none, each with what is wrong; never with their text.</param>
internal sealed record ImportedFile(ImmutableArray<ImportedSecret> Secrets, ImmutableArray<(int Line, string WhyNot)> Problems) : IDisposable
{
    /// <summary>Reads a file of either form.</summary>
    public static ImportedFile Read(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\ufeff"u8))
            text = text[3..];
        return text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] ? JsonSecrets.Read(text) : new EnvReader(text).Read();
    }

    /// <summary>Zeroes the values.</summary>
    public void Dispose()
    {
        foreach (var secret in Secrets)
            secret.Value?.Dispose();
    }
}
