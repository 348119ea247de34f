using System.Globalization;
using System.Text.Json;
using Ringfence.Cli.Run;
using Ringfence.Cli.Run.Views;

namespace Ringfence.Cli.Tests.Run.Views;

public sealed class JsonViewTests
{
    public static TheoryData<string> Scripts => ["success", "failure", "approval", "not-run", "binary", "hostile", "time-out"];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Gives_an_object_a_line(string script) => Golden.Check(Shown(RunScripts.Named(script)), $"tests/Ringfence.Cli.Tests/Run/Views/Goldens/{script}.json.txt");

    [Theory]
    [MemberData(nameof(PlainViewTests.Scripts), MemberType = typeof(PlainViewTests))]
    public void Gives_every_byte_that_was_printed(string name)
    {
        var script = RunScripts.Named(name);
        var printed = script.Entries.Select(e => e.Event).OfType<RunEvent.StepOutput>().OrderBy(o => o.Step).SelectMany(o => o.Bytes.ToArray());

        var given = new SortedDictionary<int, List<byte>>();
        foreach (var line in Shown(script).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(1, json.RootElement.GetProperty("version").GetInt32());
            if (json.RootElement.GetProperty("event").GetString() != "step_output")
                continue;
            var step = json.RootElement.GetProperty("step").GetInt32();
            if (!given.TryGetValue(step, out var bytes))
                given[step] = bytes = [];
            bytes.AddRange(json.RootElement.TryGetProperty("text", out var text) ? System.Text.Encoding.UTF8.GetBytes(text.GetString()!) : json.RootElement.GetProperty("base64").GetBytesFromBase64());
        }

        Assert.Equal(printed, given.Values.SelectMany(b => b));
    }

    private static string Shown(RunScript script)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var board = new RunBoard();
        using (var view = new JsonView(board, writer))
        {
            foreach (var happened in script.Entries.Select(e => e.Event).OfType<RunEvent>())
            {
                board.Apply(happened);
                view.Show(happened);
            }
        }

        return writer.ToString();
    }
}
