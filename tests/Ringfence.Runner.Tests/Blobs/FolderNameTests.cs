using CsCheck;
using Ringfence.Runner.Blobs;

namespace Ringfence.Runner.Tests.Blobs;

public sealed class FolderNameTests
{
    [Theory]
    [InlineData("build-1.2_x", "build-1.2_x")]
    [InlineData("..", "%2E.")]
    [InlineData("", "%")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("ü", "%C3%BC")]
    public void Keeps_what_is_safe(string name, string expected) => Assert.Equal(expected, FolderName.Of(name));

    [Fact]
    public void Different_names_have_different_folders_and_all_are_safe() =>
        Gen.Select(Gen.String[0, 150], Gen.String[0, 150]).Sample((one, other) =>
        {
            var (first, second) = (FolderName.Of(one), FolderName.Of(other));
            // Half of a surrogate pair is no text; two such may look the same.
            var isText = !one.Concat(other).Any(char.IsSurrogate);
            return first.Length is > 0 and <= 100 && !first.StartsWith('.') && !first.Contains('/', StringComparison.Ordinal)
                && (!isText || (one == other) == (first == second));
        });
}
