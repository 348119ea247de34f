using CsCheck;
using Ringfence.Access.References;

namespace Ringfence.Access.Tests.References;

public sealed class ReferenceScanTests
{
    private static readonly HashSet<string> Names = ["NAME"];

    [Theory]
    [InlineData("echo $NAME", ReferenceKind.Shell)]
    [InlineData("echo \"${NAME}\"", ReferenceKind.Shell)]
    [InlineData("echo ${NAME:-x}", ReferenceKind.Shell)]
    [InlineData("echo ${NAME%%.*}", ReferenceKind.Shell)]
    [InlineData("echo ${#NAME}", ReferenceKind.Shell)]
    [InlineData("echo ${!NAME}", ReferenceKind.Shell)]
    [InlineData("Write-Host $env:NAME", ReferenceKind.Shell)]
    [InlineData("Write-Host ${env:NAME}", ReferenceKind.Shell)]
    [InlineData("echo %NAME%", ReferenceKind.Shell)]
    [InlineData("printenv NAME | wc -c", ReferenceKind.Program)]
    [InlineData("node -e 'process.env.NAME'", ReferenceKind.Program)]
    [InlineData("node -e 'process.env[\"NAME\"]'", ReferenceKind.Program)]
    [InlineData("deno eval 'env.NAME'", ReferenceKind.Program)]
    [InlineData("python -c 'os.environ[\"NAME\"]'", ReferenceKind.Program)]
    [InlineData("python -c \"os.environ.get('NAME')\"", ReferenceKind.Program)]
    [InlineData("python -c 'os.getenv(\"NAME\")'", ReferenceKind.Program)]
    [InlineData("ruby -e 'ENV[\"NAME\"]'", ReferenceKind.Program)]
    [InlineData("os.Getenv(\"NAME\")", ReferenceKind.Program)]
    [InlineData("key-{{ .Environment.NAME }}", ReferenceKind.Program)]
    [InlineData("docker run -e NAME image", ReferenceKind.Mention)]
    [InlineData("NAME", ReferenceKind.Mention)]
    public void Finds_each_way_to_refer(string text, ReferenceKind kind)
    {
        var found = Assert.Single(ReferenceScan.Find(text, Names));

        Assert.Equal(("NAME", kind), (found.Name, found.Kind));
        Assert.Equal(text.IndexOf("NAME", StringComparison.Ordinal), found.Offset);
        Assert.Equal(kind != ReferenceKind.Mention, ReferenceScan.Find(text, null).Any(r => r.Name == "NAME"));
    }

    [Theory]
    [InlineData("echo $NAMES")]
    [InlineData("echo $MY_NAME")]
    [InlineData("echo $name")]
    [InlineData("echo $1NAME")]
    [InlineData("")]
    public void Takes_only_the_whole_name(string text) => Assert.Empty(ReferenceScan.Find(text, Names));

    [Fact]
    public void Finds_what_is_there_in_any_text() =>
        Gen.Select(Gen.String, Gen.String).Sample(
            (before, after) => Assert.Contains(ReferenceScan.Find($"{before} $NAME {after}", Names), r => r is { Name: "NAME", Kind: ReferenceKind.Shell } && r.Offset == before.Length + 2),
            iter: 500);
}
