namespace Ringfence.Primitives.Tests;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("169.254.0.0/16", "169.254.0.0/16")]
    [InlineData("169.254.169.254", "169.254.169.254/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("fd00:ec2::254", "fd00:ec2::254/128")]
    [InlineData("fd00:ec2::/32", "fd00:ec2::/32")]
    public void Reads_an_address_and_a_range(string text, string range)
    {
        Assert.True(AddressRange.TryParse(text, out var read));
        Assert.Equal(range, read.ToString());
        Assert.Equal(text.Contains(':', StringComparison.Ordinal), read.IsLong);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("localhost")]
    [InlineData("169.254.169.254/")]
    [InlineData("169.254.169.254/16")]
    [InlineData("169.254.0.0/33")]
    [InlineData("169.254.0.0/-1")]
    [InlineData("169.254.0.0/16/1")]
    [InlineData("169.254")]
    [InlineData("2852039166")]
    [InlineData("0xa9.254.169.254")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fd00::/129")]
    public void Refuses_all_else(string text) => Assert.False(AddressRange.TryParse(text, out _));
}
