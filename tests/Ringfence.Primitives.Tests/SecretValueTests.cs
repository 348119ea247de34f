using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;

namespace Ringfence.Primitives.Tests;

public sealed class SecretValueTests
{
    private const string Clear = "hunter2-0123456789";
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    [Fact]
    public void Gives_back_what_was_put_in()
    {
        using var fromText = new SecretValue(Clear);
        using var fromBytes = new SecretValue("hunter2-0123456789"u8);

        Assert.Equal(Clear, fromText.RevealString());
        Assert.Equal(Encoding.UTF8.GetBytes(Clear), fromBytes.Reveal().ToArray());
    }

    [Fact]
    public void Gives_back_any_text() => Gen.String.Where(IsWellFormed).Sample(text =>
    {
        using var secret = new SecretValue(text);
        return secret.RevealString() == text;
    });

    [Fact]
    public void Keeps_its_own_copy()
    {
        var bytes = Encoding.UTF8.GetBytes(Clear);
        using var secret = new SecretValue(bytes);

        Array.Clear(bytes);

        Assert.Equal(Clear, secret.RevealString());
    }

    [Fact]
    public void Shows_nothing_as_text()
    {
        using var secret = new SecretValue(Clear);

        Assert.Equal("[secret]", secret.ToString());
        Assert.Equal("[secret]", $"{secret}");
        Assert.Equal("  [secret]", $"{secret,10}");
        Assert.Equal("[secret]", $"{secret:X}");
        Assert.Equal("a[secret]", "a" + secret);
        Assert.Equal("[secret]", string.Format(null, "{0}", secret));
        Assert.Equal("[secret]", string.Concat(secret));
        Assert.Equal("[secret]", Convert.ToString(secret, null));
        Assert.Equal("[secret]", new StringBuilder().Append(secret).ToString());
    }

    [Fact]
    public void Shows_nothing_in_a_record_that_holds_it()
    {
        using var secret = new SecretValue(Clear);

        Assert.Equal("Holder { Name = deploy, Value = [secret] }", new Holder("deploy", secret).ToString());
        Assert.Equal("(deploy, [secret])", ("deploy", secret).ToString());
        Assert.Equal("{ secret = [secret] }", new { secret }.ToString());
    }

    [Fact]
    public void Refuses_to_be_written_to_json_by_reflection()
    {
        using var secret = new SecretValue(Clear);

        foreach (var value in new object[] { secret, new Holder("deploy", secret), new[] { secret }, new Dictionary<string, object> { ["x"] = secret } })
            AssertLeaksNothing(Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(value)));
    }

    [Fact]
    public void Refuses_to_be_written_to_json_even_with_fields() =>
        Assert.Throws<NotSupportedException>(() =>
            JsonSerializer.Serialize(new SecretValue(Clear), WithFields));

    [Fact]
    public void Refuses_to_be_read_from_json()
    {
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<SecretValue>($"\"{Clear}\""));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<Holder>($$"""{"Name":"deploy","Value":"{{Clear}}"}"""));
    }

    /// <summary>A public converter would let the JSON source generator compile a type that holds a secret.</summary>
    [Fact]
    public void Keeps_its_json_converter_private()
    {
        var attribute = typeof(SecretValue).GetCustomAttribute<JsonConverterAttribute>();

        Assert.True(attribute?.ConverterType?.IsNestedPrivate);
    }

    [Fact]
    public void Has_nothing_for_property_walkers()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

        Assert.Empty(typeof(SecretValue).GetProperties(All));
        Assert.Empty(typeof(SecretValue).GetFields(All));
        Assert.Empty(typeof(SecretValue).GetInterfaces().Except([typeof(IDisposable)]));
    }

    [Fact]
    public void Shows_nothing_in_the_debugger()
    {
        Assert.Equal("[secret]", typeof(SecretValue).GetCustomAttribute<DebuggerDisplayAttribute>()?.Value);
        Assert.All(typeof(SecretValue).GetFields(BindingFlags.NonPublic | BindingFlags.Instance), field =>
            Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
    }

    [Fact]
    public void Is_not_compared_or_hashed_by_content()
    {
        using var one = new SecretValue(Clear);
        using var other = new SecretValue(Clear);

        Assert.False(one.Equals(other));
        Assert.Equal(typeof(object), typeof(SecretValue).GetMethod(nameof(GetHashCode))?.DeclaringType);
        Assert.False(typeof(IComparable).IsAssignableFrom(typeof(SecretValue)));
    }

    [Fact]
    public void Compares_by_content_when_asked()
    {
        using var secret = new SecretValue(Clear);
        using var same = new SecretValue(Clear);
        using var longer = new SecretValue(Clear + "x");
        using var empty = new SecretValue("");

        Assert.True(secret.FixedTimeEquals(same));
        Assert.True(secret.FixedTimeEquals(secret));
        Assert.False(secret.FixedTimeEquals(longer));
        Assert.False(secret.FixedTimeEquals(empty));
        Assert.Throws<ArgumentNullException>(() => secret.FixedTimeEquals(null!));
    }

    [Fact]
    public void Puts_nothing_into_exceptions()
    {
        var secret = new SecretValue(Clear);
        secret.Dispose();

        AssertLeaksNothing(Assert.Throws<ObjectDisposedException>(() => secret.RevealString()));
        AssertLeaksNothing(Assert.Throws<ObjectDisposedException>(() => { _ = secret.Reveal(); }));
        AssertLeaksNothing(Assert.Throws<ObjectDisposedException>(() => secret.FixedTimeEquals(secret)));
        AssertLeaksNothing(new InvalidOperationException($"Cannot use {secret}"));
    }

    [Fact]
    public void Zeroes_its_bytes_when_disposed_and_stays_silent()
    {
        var secret = new SecretValue(Clear);
        var memory = secret.Reveal();

        secret.Dispose();
        secret.Dispose();

        Assert.Equal(new byte[Clear.Length], memory.ToArray());
        Assert.Equal("[secret]", secret.ToString());
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(secret));
    }

    /// <summary>A small array starts in generation 0 on the ordinary heap; only the pinned heap counts as the oldest from the start.</summary>
    [Fact]
    public void Lives_on_the_pinned_heap()
    {
        using var secret = new SecretValue(Clear);

        Assert.Equal(GC.MaxGeneration, GC.GetGeneration(BytesOf(secret)));
    }

    private static bool IsWellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static byte[] BytesOf(SecretValue secret) =>
        (byte[])typeof(SecretValue).GetFields(BindingFlags.NonPublic | BindingFlags.Instance)
            .Single(field => field.FieldType == typeof(byte[])).GetValue(secret)!;

    private static void AssertLeaksNothing(Exception exception) =>
        Assert.DoesNotContain(Clear, exception.ToString(), StringComparison.OrdinalIgnoreCase);

    private sealed record Holder(string Name, SecretValue Value);
}
