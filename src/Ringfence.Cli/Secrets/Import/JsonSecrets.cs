using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Ringfence.Primitives;

namespace Ringfence.Cli.Secrets.Import;

/// <summary>Reads secrets from JSON: a map of names and texts, or a list of objects with a name and a value, as the tools of GitHub and CircleCI print them.</summary>
internal static class JsonSecrets
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 4, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads it.</summary>
    public static ImportedFile Read(ReadOnlySpan<byte> text)
    {
        var secrets = ImmutableArray.CreateBuilder<ImportedSecret>();
        var problems = ImmutableArray.CreateBuilder<(int, string)>();
        var reader = new Utf8JsonReader(text, Options);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadMap(ref reader, text, secrets, problems);
            else
                ReadList(ref reader, text, secrets, problems);
            if (reader.Read())
                problems.Add((LineOf(text, reader.TokenStartIndex), "goes on after its end"));
        }
        catch (JsonException e)
        {
            // Its message could repeat a part of a value.
            problems.Add(((int)(e.LineNumber ?? 0) + 1, "is no JSON"));
        }

        return new ImportedFile(secrets.ToImmutable(), problems.ToImmutable());
    }

    private static void ReadMap(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ImmutableArray<ImportedSecret>.Builder secrets, ImmutableArray<(int, string)>.Builder problems)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, line) = (reader.GetString() ?? "", LineOf(text, reader.TokenStartIndex));
            reader.Read();
            if (ValueOf(ref reader) is { } value)
                secrets.Add(new ImportedSecret(name, line, value));
            else
                problems.Add((line, "has a value that is no text"));
            reader.Skip();
        }
    }

    private static void ReadList(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ImmutableArray<ImportedSecret>.Builder secrets, ImmutableArray<(int, string)>.Builder problems)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var line = LineOf(text, reader.TokenStartIndex);
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                problems.Add((line, "is no object with a name and a value"));
                reader.Skip();
                continue;
            }

            if (ReadItem(ref reader, line) is { } secret)
                secrets.Add(secret);
            else
                problems.Add((line, "has no name"));
        }
    }

    private static ImportedSecret? ReadItem(ref Utf8JsonReader reader, int line)
    {
        string? name = null;
        SecretValue? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8) || reader.ValueTextEquals("variable"u8);
            var isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (isName && reader.TokenType == JsonTokenType.String)
                name = reader.GetString();
            else if (isValue)
                value = ValueOf(ref reader);
            reader.Skip();
        }

        if (name is not null)
            return new ImportedSecret(name, line, value);
        value?.Dispose();
        return null;
    }

    /// <summary>A text, or a number or a truth value as it is written.</summary>
    private static SecretValue? ValueOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            return new SecretValue(reader.ValueSpan);
        if (reader.TokenType != JsonTokenType.String)
            return null;
        var bytes = GC.AllocateUninitializedArray<byte>(reader.ValueSpan.Length, pinned: true);
        try
        {
            return new SecretValue(bytes.AsSpan(0, reader.CopyString(bytes)));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static int LineOf(ReadOnlySpan<byte> text, long offset) => 1 + text[..(int)offset].Count((byte)'\n');
}
