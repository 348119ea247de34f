using System.Xml.Linq;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Tests.Graph;

public sealed class GraphCommandTests
{
    private const string Goldens = "tests/Ringfence.Cli.Tests/Graph/Goldens/";

    [Theory]
    [InlineData("delivery-dev.txt", "--branch", "dev")]
    [InlineData("delivery-main.txt", "--branch", "main", "--workflow", "delivery")]
    [InlineData("delivery-tag.txt", "--tag", "v1.0", "--pipeline-parameters", "{release: true}")]
    [InlineData("delivery.mmd", "--branch", "dev", "--format", "mermaid")]
    [InlineData("delivery.json", "--branch", "dev", "--format", "json")]
    [InlineData("delivery.svg", "--branch", "dev", "--format", "svg")]
    public async Task Draws(string golden, params string[] arguments)
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Delivery);

        var result = await run.Run(["config", "graph", .. arguments]);

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Golden.Check(result.Out, Goldens + golden);
    }

    [Fact]
    public async Task Draws_as_on_main_outside_of_a_repository()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Delivery);

        Golden.Check((await run.Run("config", "graph", "--workflow", "delivery")).Out, Goldens + "delivery-main.txt");
    }

    [Fact]
    public async Task Draws_in_ascii_where_nothing_else_is_shown()
    {
        using var run = new CommandRun { OutTraits = new OutputTraits(false, false, 60) };
        run.WithFile(Configs.Path, Configs.Delivery);

        var result = await run.Run("config", "graph", "--branch", "dev");

        Assert.True(System.Text.Ascii.IsValid(result.Out));
        Golden.Check(result.Out, Goldens + "delivery-ascii.txt");
    }

    [Fact]
    public async Task Writes_to_a_file()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small);

        var result = await run.Run("config", "graph", "--format", "svg", "--output", "graph.svg");

        Assert.Equal((0, "", ""), (result.Exit, result.Out, result.Error));
        Assert.Equal("svg", XDocument.Parse(run.Read("graph.svg")).Root!.Name.LocalName);
    }

    [Fact]
    public async Task Says_when_it_cannot_write()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small).WithFile("file", "x");

        var result = await run.Run("config", "graph", "--output", "file/graph.svg");

        Assert.Equal(3, result.Exit);
        Assert.Contains("The file file/graph.svg cannot be written.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Puts_nothing_into_an_svg_but_shapes_and_text()
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small.Replace("- build", "- build: {name: '<script>\"&x'}", StringComparison.Ordinal));

        var svg = XDocument.Parse((await run.Run("config", "graph", "--format", "svg")).Out);

        Assert.Contains(svg.Descendants(), e => e.Value == "<script>\"&x");
        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName is "script" or "image" or "foreignObject" or "a");
    }
}
