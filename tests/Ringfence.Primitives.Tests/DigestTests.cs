using System.Security.Cryptography;
using CsCheck;

namespace Ringfence.Primitives.Tests;

public sealed class DigestTests
{
    /// <summary>FIPS 180-4's own examples.</summary>
    [Theory]
    [InlineData("", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Is_the_sha_256(string text, string expected) =>
        Assert.Equal(expected, Digest.Of(System.Text.Encoding.UTF8.GetBytes(text)).ToString());

    [Fact]
    public void Reads_what_it_writes() => Gen.Byte.Array.Sample(bytes =>
    {
        var digest = Digest.Of(bytes);
        return Digest.Parse(digest.ToString()) == digest && digest.Hex == Convert.ToHexStringLower(SHA256.HashData(bytes));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(" sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Refuses_any_other_form(string? text)
    {
        Assert.False(Digest.TryParse(text, out var digest));
        Assert.Equal(default, digest);
    }

    [Fact]
    public void Says_what_it_expected() =>
        Assert.Contains("sha256:", Assert.Throws<FormatException>(() => Digest.Parse("latest")).Message, StringComparison.Ordinal);

    [Fact]
    public void Is_equal_by_content()
    {
        Assert.Equal(Digest.Of("a"u8), Digest.Of("a"u8));
        Assert.NotEqual(Digest.Of("a"u8), Digest.Of("b"u8));
        Assert.NotEqual(default, Digest.Of([]));
    }
}
