using CsCheck;
using Ringfence.Primitives;
using Ringfence.Sealing.Boxes;

namespace Ringfence.Sealing.Tests;

[Rule("INC-2", "ENV-6")]
public sealed class SealingTests
{
    private static readonly SealedPlace Place = new("acme", "context:1", "AWS_SECRET_ACCESS_KEY", 3);

    [Fact]
    public void Opens_what_was_sealed_whatever_its_bytes() => Gen.Byte.Array[0, 5000].Sample(bytes =>
    {
        using var key = SealingKey.Create();
        using var value = new SecretValue(bytes);
        using var opened = key.Open(key.Public.Seal(value, Place), Place);
        Assert.Equal(bytes, opened.Reveal().ToArray());
    }, iter: 200);

    [Fact]
    public void Seals_the_same_value_differently_each_time()
    {
        using var key = SealingKey.Create();

        Assert.NotEqual(key.Public.Seal("token"u8, Place), key.Public.Seal("token"u8, Place));
    }

    [Fact]
    public void Notices_a_change_of_any_one_bit()
    {
        using var key = SealingKey.Create();
        var whole = key.Public.Seal("correct horse"u8, Place);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var changed = (byte[])whole.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<SealingException>(() => key.Open(changed, Place));
        }
    }

    [Fact]
    public void Notices_that_something_is_missing_at_the_end()
    {
        using var key = SealingKey.Create();
        var whole = key.Public.Seal("correct horse"u8, Place);
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<SealingException>(() => key.Open(whole.AsSpan(0, length).ToArray(), Place));
    }

    public static TheoryData<SealedPlace> OtherPlaces =>
    [
        Place with { Organization = "evil" },
        Place with { Owner = "context:2" },
        Place with { Name = "PATH" },
        Place with { Version = 2 },

        // The same letters, cut differently.
        new SealedPlace("acm", "econtext:1", "AWS_SECRET_ACCESS_KEY", 3),
        new SealedPlace("acme", "context:1AWS_SECRET", "_ACCESS_KEY", 3),
    ];

    [Theory]
    [MemberData(nameof(OtherPlaces))]
    public void Does_not_open_at_another_place(SealedPlace other)
    {
        using var key = SealingKey.Create();
        var sealedBytes = key.Public.Seal("token"u8, Place);

        var e = Assert.Throws<SealingException>(() => key.Open(sealedBytes, other));

        Assert.Equal(SealingFault.Changed, e.Fault);
    }

    [Fact]
    public void Tells_another_key_from_a_changed_value()
    {
        using var key = SealingKey.Create();
        using var other = SealingKey.Create();

        var e = Assert.Throws<SealingException>(() => other.Open(key.Public.Seal("token"u8, Place), Place));

        Assert.Equal(SealingFault.OtherKey, e.Fault);
        Assert.Contains(key.Public.Id.ToString(), e.Message, StringComparison.Ordinal);
        Assert.Contains(other.Public.Id.ToString(), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_public_key_that_is_none() => Assert.False(SealingPublicKey.TryParse(new byte[31], out _));
}
