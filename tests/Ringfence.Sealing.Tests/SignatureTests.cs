using Ringfence.Primitives;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Sealing.Tests;

public sealed class SignatureTests
{
    [Fact]
    public void Hold_for_what_was_signed_and_nothing_else()
    {
        using var key = SigningKey.Create();
        using var other = SigningKey.Create();
        var signature = key.Sign("grant 1"u8);

        Assert.True(key.Public.Verify("grant 1"u8, signature));
        Assert.False(key.Public.Verify("grant 2"u8, signature));
        Assert.False(other.Public.Verify("grant 1"u8, signature));
        Assert.False(key.Public.Verify("grant 1"u8, signature.AsSpan(0, 63)));
    }

    [Fact]
    public void Are_checked_with_a_key_that_was_read_back()
    {
        using var key = SigningKey.Create();

        Assert.True(VerifyingKey.TryParse(key.Public.Bytes.Span, out var read));
        Assert.Equal(key.Public.Id, read.Id);
        Assert.True(read.Verify("x"u8, key.Sign("x"u8)));
    }

    [Fact]
    [Rule("ENV-9")]
    public void Fingerprints_are_equal_for_equal_secrets_under_one_key_only()
    {
        using var key = FingerprintKey.Create();
        using var other = FingerprintKey.Create();
        using var one = new SecretValue("hunter2hunter2");
        using var same = new SecretValue("hunter2hunter2");
        using var different = new SecretValue("hunter2hunter3");

        Assert.Equal(key.Of(one), key.Of(same));
        Assert.NotEqual(key.Of(one), key.Of(different));
        Assert.NotEqual(key.Of(one), other.Of(one));
    }
}
