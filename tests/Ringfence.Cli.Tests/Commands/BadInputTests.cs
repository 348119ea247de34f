using System.Text;

namespace Ringfence.Cli.Tests.Commands;

/// <summary>Whatever is given to a command: one clear message, exit code 2, no stack trace.</summary>
public sealed class BadInputTests
{
    private static readonly string ManyValues = string.Join(", ", Enumerable.Range(0, 100));

    /// <summary>A name, the config, and what the message must say.</summary>
    public static TheoryData<string, string, string> BadConfigs => new()
    {
        { "not YAML", "version: 2.1\njobs: [unclosed\n", "Unable to parse YAML" },
        { "a tab", "version: 2.1\njobs:\n\tbuild: x\n", "Unable to parse YAML" },
        { "a control character", "version: 2.1\njobs: {a: \u001b[31m}\n", "Unable to parse YAML" },
        { "empty", "", "The file is empty." },
        { "comments only", "# nothing\n", "The file is empty." },
        { "a list", "- a\n- b\n", "Mapping" },
        { "a text", "just a text\n", "Mapping" },
        { "no version", "jobs: {}\n", "version" },
        { "a key twice", "version: 2.1\nversion: 2.1\n", "found duplicate key version" },
        { "an unknown key", Configs.Small.Replace("steps:", "stepz:", StringComparison.Ordinal), "stepz" },
        { "an unknown job", Configs.Small.Replace("- build", "- biuld", StringComparison.Ordinal), "Cannot find a definition for job named biuld" },
        { "a wrong type", Configs.Small.Replace("- checkout", "- run: {command: [a, b]}", StringComparison.Ordinal), "command" },
        { "a cycle", Configs.Small + "      - build: {name: a, requires: [b]}\n      - build: {name: b, requires: [a]}\n", "unreachable" },
        { "a matrix of 10,000", Matrix(), "1,000" },
        { "an inline orb that imports itself", InlineOrb(), "orb" },
        { "commands that call each other", Recursion(), "" },
        { "aliases of aliases", Laughs(), "aliases" },
        { "an unknown orb", Configs.WithOrb, "Cannot find acme/tools@1 in the orb registry. Check that the namespace, orb name and version are correct." },
        { "a hundred thousand brackets", new string('[', 100_000), "" },
    };

    [Theory]
    [MemberData(nameof(BadConfigs))]
    public async Task Refuses_a_bad_config(string name, string config, string message)
    {
        Assert.NotEmpty(name);
        using var run = new CommandRun();
        run.WithFile(Configs.Path, config);

        var result = await run.Run("config", "validate");

        result.AssertRefused(message);
        Assert.StartsWith("ERROR IN CONFIG FILE:\n", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"\nConfig is invalid: \d+ errors?(, \d+ \w+)*\n$", result.Error);
    }

    [Fact]
    public async Task Refuses_a_config_that_is_not_there()
    {
        using var run = new CommandRun();

        (await run.Run("config", "validate")).AssertRefused("config file .circleci/config.yml could not be located\n");
    }

    [Fact]
    public async Task Refuses_a_folder()
    {
        using var run = new CommandRun();
        run.WithFile("a/b.yml", "x");

        (await run.Run("config", "process", "a")).AssertRefused("The config file a is a folder.");
    }

    [Fact]
    public async Task Refuses_binary_content()
    {
        using var run = new CommandRun();
        run.WithFile("nul.yml", [0x61, 0x00, 0x62]).WithFile("latin.yml", [0x61, 0xe9, 0x62]);

        (await run.Run("config", "validate", "nul.yml")).AssertRefused("The config file nul.yml holds NUL bytes");
        (await run.Run("config", "validate", "latin.yml")).AssertRefused("The config file latin.yml is not UTF-8 text: byte 0xe9 at offset 1.");
    }

    [Fact]
    public async Task Refuses_fifty_megabytes_without_reading_them()
    {
        using var run = new CommandRun();
        Directory.CreateDirectory(run.Folder);
        await using (var file = File.Create(Path.Combine(run.Folder, "large.yml")))
            file.SetLength(50 * 1024 * 1024);

        (await run.Run("config", "validate", "large.yml")).AssertRefused("The config file large.yml has 52,428,800 bytes; at most 8,388,608 are read.");
    }

    [Fact]
    public async Task Stops_reading_standard_input_at_the_limit()
    {
        using var run = new CommandRun();
        using var endless = new EndlessStream();
        run.Input = endless;

        (await run.Run("config", "validate", "-")).AssertRefused("The config file - has more bytes; at most 8,388,608 are read.");
        Assert.True(endless.Given < 20 * 1024 * 1024);
    }

    [Theory]
    [InlineData("Unrecognized option '--nope'.", "config", "validate", "--nope")]
    [InlineData("Unrecognized option '-q'.", "config", "graph", "-q")]
    [InlineData("Required command was not provided", "config")]
    [InlineData("Unrecognized command or argument 'nope'.", "cache", "nope")]
    [InlineData("Unrecognized command or argument 'rnu'.", "rnu")]
    [InlineData("Argument 'xml' not recognized. Must be one of: 'text', 'json'\n", "cache", "ls", "--format", "xml")]
    [InlineData("--as-fork", "config", "validate", "--as-fork")]
    [InlineData("--pr", "config", "validate", "--pr", "0")]
    [InlineData("--pr", "config", "validate", "--pr", "many")]
    // EX-1.8
    [InlineData("--branch or --tag", "run", "--branch", "a", "--tag", "v1")]
    [InlineData("--branch or --tag", "config", "validate", "--branch", "a", "--tag", "v1")]
    [InlineData("'png'", "config", "graph", "--format", "png")]
    [InlineData("'http://x/' cannot be an allowed address", "config", "validate", "--allow-orb-url", "http://x/")]
    [InlineData("YAML asks for a blank after the colon: '{deploy: true}'.", "config", "validate", "--pipeline-parameters", "{deploy:true}")]
    [InlineData("Pipeline parameters must be a map, not a Sequence.", "config", "validate", "--pipeline-parameters", "[1]")]
    [InlineData("The pipeline parameter 'a' cannot be a Mapping.", "config", "validate", "--pipeline-parameters", "{a: {b: c}}")]
    [InlineData("Unable to parse YAML", "config", "validate", "--pipeline-parameters", "{a: ")]
    [InlineData("The event file none.json does not exist.", "config", "validate", "--event", "none.json")]
    [InlineData("The config has no workflow 'nope'.", "config", "graph", "--workflow", "nope")]
    [InlineData("The folder none does not exist.", "config", "pack", "none")]
    [InlineData("is a file, not a folder", "config", "pack", Configs.Path)]
    public async Task Refuses_bad_arguments(string message, params string[] arguments)
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small);

        (await run.Run(arguments)).AssertRefused(message);
    }

    [Theory]
    [InlineData("nothing", "The event file is not JSON.")]
    [InlineData("[]", "The event file must hold a JSON object.")]
    [InlineData("{\"pipeline.nope\": 1}", "There is no pipeline value 'pipeline.nope'.")]
    [InlineData("{\"pipeline.number\": \"1\"}", "The pipeline value 'pipeline.number' is of type Integer.")]
    [InlineData("{\"pipeline.parameters.a\": 1}", "give it with --pipeline-parameters")]
    public async Task Refuses_bad_events(string json, string message)
    {
        using var run = new CommandRun();
        run.WithFile(Configs.Path, Configs.Small).WithFile("event.json", json);

        (await run.Run("config", "validate", "--event", "event.json")).AssertRefused(message);
    }

    private static string Matrix()
    {
        var parameters = "{a: {type: integer}, b: {type: integer}}";
        return Configs.Small
            .Replace("  build:\n", $"  build:\n    parameters: {parameters}\n", StringComparison.Ordinal)
            .Replace("- build", $"- build: {{matrix: {{parameters: {{a: [{ManyValues}], b: [{ManyValues}]}}}}}}", StringComparison.Ordinal);
    }

    private static string InlineOrb()
    {
        var orbs = "{}";
        for (var depth = 0; depth < 12; depth++)
            orbs = $"{{o: {{orbs: {orbs}}}}}";
        return $"orbs: {orbs}\n{Configs.Small}";
    }

    private static string Recursion() =>
        Configs.Small.Replace("- checkout", "- one", StringComparison.Ordinal) + "commands:\n  one: {steps: [two]}\n  two: {steps: [one]}\n";

    private static string Laughs()
    {
        var text = new StringBuilder("version: 2.1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
            text.Append('a').Append(i).Append(": &a").Append(i).Append(" [").AppendJoin(", ", Enumerable.Repeat($"*a{i - 1}", 10)).Append("]\n");
        return text.ToString();
    }

    private sealed class EndlessStream : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        // A pipe has no length and no places: what reads it must not ask.
        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)'a', offset, count);
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
