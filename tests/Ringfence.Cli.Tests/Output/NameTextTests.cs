using Ringfence.Cli.Output;

namespace Ringfence.Cli.Tests.Output;

/// <summary>No name in a list can be taken for another one.</summary>
[Rule("CTX-1")]
public sealed class NameTextTests
{
    [Theory]
    [InlineData("release|org-global|my context", "release|org-global|my context")]
    [InlineData("ünïcode|привет мир|リリース|go 🚀", "ünïcode|привет мир|リリース|go 🚀")]
    // Cyrillic and Greek letters among Latin ones.
    [InlineData("r\u0435lease", @"r\u{0435}lease")]
    [InlineData("pr\u03bfd", @"pr\u{03bf}d")]
    // Other blocks that hold ASCII once more, other spaces and dashes.
    [InlineData("\uff52elease", @"\u{ff52}elease")]
    [InlineData("\U0001d42felease", @"\u{1d42f}elease")]
    [InlineData("my\u00a0context", @"my\u{00a0}context")]
    [InlineData("pre\u2010prod", @"pre\u{2010}prod")]
    // Wholly of another script, beside the one it looks like.
    [InlineData("cop|\u0441\u043e\u0440", @"cop|\u{0441}\u{043e}\u{0440}")]
    [InlineData("\u0441\u043e\u0440", "\u0441\u043e\u0440")]
    // One sign or two.
    [InlineData("\u00fcber|u\u0308ber", "\u00fcber|u\\u{0308}ber")]
    // What nobody sees; such names were allowed once.
    [InlineData("release|re\u200blease", @"release|re\u{200b}lease")]
    [InlineData("re\u200dlease", @"re\u{200d}lease")]
    [InlineData("release\u3164", @"release\u{3164}")]
    [InlineData("\u202eesaeler", @"\u{202e}esaeler")]
    [InlineData("a\tb", @"a\tb")]
    // Names of two organizations.
    [InlineData("übung|übung", "übung|übung")]
    public void Writes_out_what_looks_like_something_else(string names, string shown) => Assert.Equal(shown.Split('|'), NameText.Of(names.Split('|')));
}
