using System.Formats.Tar;
using Ringfence.Gate.Archives;
using Ringfence.Primitives;

namespace Ringfence.Gate.Tests.Archives;

[Rule("MSK-7")]
public sealed class GateScanTests
{
    private const string Token = "gt7Kp2mXw9QzR4vB1nYc";

    private static readonly byte[] Secret = Masking.Bytes($"first line\nTOKEN={Token}\n");
    private static readonly byte[] Harmless = Masking.Bytes("nothing here\n");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_a_secret_in_a_file()
    {
        var caught = Assert.Single((await Scan(Secret, "out.txt")).Caught);

        Assert.Equal(new Caught("SECRET_1", "plain", "out.txt", 17), caught);
    }

    [Theory]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.SymbolicLink)]
    public async Task Finds_it_in_the_target_of_a_link(TarEntryType type)
    {
        foreach (var target in (string[])[Token, new string('d', 150) + "/" + Token])
        {
            var caught = (await Scan(Packed.Link(type, "twin", target), "x.tar")).Caught;
            Assert.All(caught, one => Assert.Equal("x.tar!twin", one.Path));
            Assert.NotEmpty(caught);
        }
    }

    /// <summary>What tar does not take for content must not hide the entry that stands there.</summary>
    [Fact]
    public async Task Finds_it_behind_a_second_name_that_claims_to_have_content()
    {
        var link = Packed.Link(TarEntryType.HardLink, "twin", "first")[..512];
        "00000002000\0"u8.CopyTo(link.AsSpan(124));
        link.AsSpan(148, 8).Fill((byte)' ');
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(link.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(link.AsSpan(148));

        var report = await Scan([.. link, .. Packed.Tar(TarEntryFormat.Ustar, ("packed", Packed.Gzip(Secret)))], "x.tar");

        Assert.Equal("x.tar!packed", Assert.Single(report.Caught).Path);
    }

    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task Finds_it_in_each_kind_of_tar(TarEntryFormat format)
    {
        var tar = Packed.Tar(format, ("a/harmless", Harmless), ("a/b.env", Secret));

        Assert.Equal(new Caught("SECRET_1", "plain", "x.tar!a/b.env", 17), Assert.Single((await Scan(tar, "x.tar")).Caught));
        Assert.Equal("x.tgz!a/b.env", Assert.Single((await Scan(Packed.Gzip(tar), "x.tgz")).Caught).Path);
        Assert.Equal("x.tzst!a/b.env", Assert.Single((await Scan(Packed.Zstandard(tar), "x.tzst")).Caught).Path);
    }

    [Fact]
    public async Task Finds_it_under_a_long_name()
    {
        var name = string.Concat(Enumerable.Repeat("folder/", 40)) + "b.env";

        Assert.Equal($"x.tar!{name}", Assert.Single((await Scan(Packed.Tar(TarEntryFormat.Pax, (name, Secret)), "x.tar")).Caught).Path);
        Assert.Equal($"x.tar!{name}", Assert.Single((await Scan(Packed.Tar(TarEntryFormat.Gnu, (name, Secret)), "x.tar")).Caught).Path);
    }

    [Fact]
    public async Task Finds_it_in_a_zip_and_in_archives_within_archives()
    {
        var zip = Packed.Zip(("docs/readme", Harmless), ("b.env", Secret));
        var nested = Packed.Gzip(Packed.Tar(TarEntryFormat.Pax, ("inner.zip", Packed.Zip(("deep.gz", Packed.Gzip(Secret))))));

        Assert.Equal("x.zip!b.env", Assert.Single((await Scan(zip, "x.zip")).Caught).Path);
        Assert.Equal("x.tgz!inner.zip!deep.gz", Assert.Single((await Scan(nested, "x.tgz")).Caught).Path);
    }

    [Fact]
    public async Task Finds_it_behind_an_entry_of_a_zip_that_is_damaged()
    {
        var zip = Packed.Zip(("a", Harmless), ("b.gz", Packed.Gzip(Secret)));
        const int Content = 31;
        zip.AsSpan(Content, 4).Fill(0xFF);

        var report = await Scan(zip, "x.zip");

        Assert.Equal("x.zip!b.gz", Assert.Single(report.Caught).Path);
        Assert.Equal("x.zip!a", Assert.Single(report.Unknown).Path);
    }

    [Fact]
    public async Task Finds_it_behind_an_entry_of_a_zip_that_expands_too_much()
    {
        var report = await Scan(Packed.Zip(("bomb", new byte[32 * 1024 * 1024]), ("b.gz", Packed.Gzip(Secret))), "x.zip");

        Assert.Equal("x.zip!b.gz", Assert.Single(report.Caught).Path);
        Assert.Equal("x.zip!bomb", Assert.Single(report.Unknown).Path);
    }

    [Fact]
    public async Task Finds_it_in_a_tar_whose_extended_header_has_the_size()
    {
        var secret = Packed.Gzip(Secret);
        var extended = Packed.Tar(TarEntryFormat.Ustar, ("pax", Masking.Bytes($"11 size={secret.Length}\n")));
        var file = Packed.Tar(TarEntryFormat.Ustar, ("b.gz", secret));
        Packed.Patch(extended, 156, "x"u8);
        Packed.Patch(file, 124, "00000000000"u8);

        var report = await Scan([.. extended[..1024], .. file], "x.tar");

        Assert.Equal("x.tar!b.gz", Assert.Single(report.Caught).Path);
        Assert.Empty(report.Unknown);
    }

    [Fact]
    public async Task Finds_encoded_values_in_binary_files()
    {
        byte[] binary = [0, 1, 2, 3, 0xFF, 0xFE, .. Masking.Bytes(Convert.ToBase64String(Masking.Bytes(Token))), 0x80, 0x25, 0];

        Assert.Equal("base64", Assert.Single((await Scan(binary, "a.out")).Caught).Form);
    }

    [Fact]
    public async Task Finds_what_stands_behind_the_end_of_an_archive()
    {
        byte[] gzip = [.. Packed.Gzip(Harmless), .. Secret];
        byte[] tar = [.. Packed.Tar(TarEntryFormat.Ustar, ("a", Harmless)), .. Secret];

        Assert.Equal("x.gz", Assert.Single((await Scan(gzip, "x.gz")).Caught).Path);
        Assert.Equal("x.tar", Assert.Single((await Scan(tar, "x.tar")).Caught).Path);
    }

    [Fact]
    public async Task Finds_it_in_names()
    {
        var report = await Scan(Packed.Zip(($"{Token}.txt", Harmless)), "x.zip");
        using var matcher = Masking.Matcher(Token);

        Assert.Contains(report.Caught, caught => caught.Form == "name of the file, plain");
        Assert.Single(new GateScan(matcher, ScanLimits.Default).ScanNames(["harmless", $"cache-{Token}"]).Caught);
    }

    [Fact]
    public async Task Says_what_it_could_not_look_into()
    {
        var bomb = Packed.Gzip(new byte[64 * 1024 * 1024]);
        var damaged = Packed.Gzip(Masking.Bytes(string.Concat(Enumerable.Range(0, 5000))));
        damaged.AsSpan(100, 200).Fill(0xFF);

        Assert.Contains("20 times its size", Assert.Single((await Scan(bomb, "bomb.gz", new ScanLimits { Ratio = 20 })).Unknown).Reason, StringComparison.Ordinal);
        Assert.Single((await Scan(damaged, "cut.gz")).Unknown);
        Assert.Single((await Scan([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 1, 2], "x.xz")).Unknown);
        Assert.False((await Scan(damaged, "cut.gz")).IsClean);
    }

    [Fact]
    public async Task Stops_at_each_limit()
    {
        var deep = Secret;
        for (var i = 0; i < 4; i++)
            deep = Packed.Gzip(deep);

        Assert.Single((await Scan(deep, "x", new ScanLimits { Depth = 3 })).Unknown);
        Assert.Single((await Scan(deep, "x", new ScanLimits { Depth = 4 })).Caught);
        Assert.NotEmpty((await Scan(Packed.Gzip(new byte[5000]), "x", new ScanLimits { ExpandedBytes = 4000 })).Unknown);
        Assert.Single((await Scan(Packed.Zip(("a", Harmless), ("b", Harmless)), "x", new ScanLimits { Entries = 1 })).Unknown);
        Assert.Single((await Scan(Packed.Gzip(Packed.Zip(("a", Harmless))), "x", new ScanLimits { NestedZipBytes = 10 })).Unknown);
    }

    /// <summary>Wherever gzip is cut off, it is said so, and what came out before is searched.</summary>
    [Fact]
    public async Task Notices_gzip_that_is_cut_off()
    {
        byte[] first = Packed.Gzip(Masking.Bytes(string.Concat(Enumerable.Range(0, 100))));
        byte[] two = [.. first, .. Packed.Gzip(Harmless)];
        for (var length = 3; length < two.Length; length++)
        {
            // Between the two, the first one alone is whole.
            var isWhole = length == first.Length;
            Assert.True(isWhole == (await Scan(two[..length], "x.gz")).IsClean, $"cut behind {length} bytes");
        }

        Assert.True((await Scan(two, "x.gz")).IsClean);
        Assert.Single((await Scan([.. two, 0, 0], "x.gz")).Unknown);
        var cut = await Scan(Packed.Gzip(Secret)[..^8], "x.gz");
        Assert.Single(cut.Caught);
        Assert.Single(cut.Unknown);
        var wrong = Packed.Gzip(Secret);
        wrong[^5] ^= 1;
        Assert.Single((await Scan(wrong, "x.gz")).Unknown);
    }

    [Fact]
    public async Task Looks_at_the_size_of_a_zips_directory_first()
    {
        var many = Packed.Zip([.. Enumerable.Range(0, 70_000).Select(i => ($"{i}", Array.Empty<byte>()))]);

        Assert.Contains("69999 entries", Assert.Single((await Scan(many, "x.zip", new ScanLimits { Entries = 69_999 })).Unknown).Reason, StringComparison.Ordinal);
        Assert.Contains("1000000 bytes", Assert.Single((await Scan(many, "x.zip", new ScanLimits { DirectoryBytes = 1_000_000 })).Unknown).Reason, StringComparison.Ordinal);
        Assert.Contains("100 bytes", Assert.Single((await Scan(Packed.Gzip(many), "x.zip", new ScanLimits { DirectoryBytes = 100 })).Unknown).Reason, StringComparison.Ordinal);
    }

    /// <summary>One scan after the other with the same buffers: nothing of the one before is in the next.</summary>
    [Fact]
    public async Task A_scan_begins_anew_each_time()
    {
        using var matcher = SecretMatcher.Build([new GateSecret("SECRET_1", new SecretValue(Token))]);
        var scan = new GateScan(matcher, ScanLimits.Default);
        using var half = new MemoryStream(Masking.Bytes(Token[..10]));
        using var otherHalf = new MemoryStream(Packed.Tar(TarEntryFormat.Ustar, (Token[10..], Masking.Bytes(Token[..10])), ("b", Masking.Bytes(Token[10..]))));

        Assert.True((await scan.ScanAsync(half, "a", Cancel)).IsClean);
        Assert.True((await scan.ScanAsync(otherHalf, Token[10..], Cancel)).IsClean);
        Assert.True(scan.ScanNames([Token[..10], Token[10..]]).IsClean);
    }

    /// <summary>A limit does not hide what was found before it.</summary>
    [Fact]
    public async Task Keeps_what_it_found_before_a_limit()
    {
        byte[] content = [.. Secret, .. new byte[64 * 1024 * 1024]];

        var report = await Scan(Packed.Gzip(content), "x.gz", new ScanLimits { Ratio = 20 });

        Assert.Single(report.Caught);
        Assert.Single(report.Unknown);
    }

    [Fact]
    public async Task Harmless_archives_are_clean()
    {
        Assert.True((await Scan(Packed.Zip(("a", Harmless), ("b", Packed.Gzip(Harmless))), "x.zip")).IsClean);
        Assert.True((await Scan([], "empty")).IsClean);
    }

    private static Task<ScanReport> Scan(byte[] content, string name) => Scan(content, name, ScanLimits.Default);

    private static async Task<ScanReport> Scan(byte[] content, string name, ScanLimits limits)
    {
        using var matcher = SecretMatcher.Build([new GateSecret("SECRET_1", new SecretValue(Token))]);
        using var stream = new MemoryStream(content);
        return await new GateScan(matcher, limits).ScanAsync(stream, name, Cancel);
    }
}
