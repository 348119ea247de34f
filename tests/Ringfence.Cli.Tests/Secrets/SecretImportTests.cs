using System.Diagnostics;
using System.Text;
using CsCheck;
using Ringfence.Cli.Commands;
using Ringfence.Cli.Secrets.Import;
using Ringfence.Primitives;

namespace Ringfence.Cli.Tests.Secrets;

public sealed class SecretImportTests : IDisposable
{
    private readonly SecretTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    /// <summary>A text, and what is read: name@line=value; for a line that is none, !line.</summary>
    public static TheoryData<string, string> Forms => new()
    {
        { "A=one", "A@1=one" },
        { "A=one\nB=two\n", "A@1=one|B@2=two" },
        { "A=one\r\nB=two\r\n", "A@1=one|B@2=two" },
        { "export A=one", "A@1=one" },
        { "export\tA=one", "A@1=one" },
        { "  A = one  ", "A@1=one" },
        { "# B=no\n\n  # c\nA=one # two", "A@4=one" },
        { "A=on#e", "A@1=on#e" },
        { "A=", "A@1=" },
        { "A=# nothing", "A@1=" },
        { "A=one=two", "A@1=one=two" },
        { "A='one # two'", "A@1=one # two" },
        { "A='o\\n\"e'", "A@1=o\\n\"e" },
        { "A=\"o\\nne\\t\\\"x\\\" \\$y \\q\"", "A@1=o\nne\t\"x\" $y \\q" },
        { "A=\"one\ntwo\nthree\"\nB=x", "A@1=one\ntwo\nthree|B@4=x" },
        { "A='one\ntwo' # c\nB=x", "A@1=one\ntwo|B@3=x" },
        { "A=$B ${C}", "A@1=$B ${C}" },
        { "\ufeffA=one", "A@1=one" },
        { "A.b-c=one", "A.b-c@1=one" },
        { "just text\nA=one", "!1|A@2=one" },
        { "=one", "!1" },
        { "A=\"one\nB=two", "!1" },
        { "A='one'two\nB=x", "!1|B@2=x" },
        { "", "" },
        { "{\"A\": \"one\", \"B\": \"t\\nwo\"}", "A@1=one|B@1=t\nwo" },
        { "{\n \"A\": 17,\n \"B\": true,\n \"C\": null,\n \"D\": {\"x\": 1},\n \"E\": \"e\"\n}", "A@2=17|B@3=true|!4|!5|E@6=e" },
        { "[{\"name\": \"A\", \"value\": \"one\"},\n{\"value\": \"two\", \"name\": \"B\", \"created_at\": \"x\"}]", "A@1=one|B@2=two" },
        { "[{\"variable\": \"A\", \"value\": \"one\", \"context_id\": \"x\"}]", "A@1=one" },
        { "[{\"name\": \"A\"}, {\"value\": \"x\"}, 7, [1]]", "A@1|!1|!1|!1" },
        { "{\"A\": \"one\"", "A@1=one|!1" },
        { "{\"A\": \"one\"} x", "A@1=one|!1" },
        { "{\"A\": \"\\ud800\"}", "!1" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Reads_every_form(string text, string expected)
    {
        using var file = ImportedFile.Read(Encoding.UTF8.GetBytes(text));

        var items = expected.Split('|', StringSplitOptions.RemoveEmptyEntries).ToLookup(item => item[0] == '!');
        Assert.Equal(items[true], file.Problems.Select(p => $"!{p.Line}"));
        Assert.Equal(items[false].Select(item => item.Split('=')[0]), file.Secrets.Select(s => $"{s.Name}@{s.Line}"));
        foreach (var (item, secret) in items[false].Zip(file.Secrets))
            AssertValue(item.Contains('=', StringComparison.Ordinal) ? item[(item.IndexOf('=', StringComparison.Ordinal) + 1)..] : null, secret.Value);
    }

    private static void AssertValue(string? expected, SecretValue? value)
    {
        using var wanted = expected is null ? null : new SecretValue(expected);
        Assert.True(wanted is null ? value is null : value is not null && wanted.FixedTimeEquals(value), $"Not the value '{expected}'.");
    }

    [Fact]
    public void Never_throws_whatever_it_reads() => Check.Sample(
        Gen.OneOf(Gen.String, Gen.OneOf('A', '=', '"', '\'', '\n', '\\', '#', ' ', '{', '}', '[', ']', ':', ',').Array.Select(c => new string(c))),
        text => ImportedFile.Read(Encoding.UTF8.GetBytes(text)).Dispose());

    [Fact]
    public async Task Stores_what_it_can_and_tells_the_lines_of_the_rest()
    {
        await _trial.PipeAsync("some other value", "secret", "set", "THERE");
        _trial.Run.WithFile(".env", $"""
            # secrets
            TOKEN={SecretTrial.Value}
            export KEY="-----BEGIN OPENSSH PRIVATE KEY-----
            {SecretTrial.Value}
            -----END OPENSSH PRIVATE KEY-----"
            PATH=/usr/bin:/usr/local/bin
            PIN=1234
            NONE=
            THERE=another value
            TWICE=first value
            TWICE=second value
            1{SecretTrial.Value}=x
            {SecretTrial.Value}
            """);

        var result = await _trial.DoAsync("", "secret", "import", ".env");

        Assert.Equal((int)ExitCode.InvalidInput, result.Exit);
        Assert.Contains("TOKEN of line 2 was stored.", result.Error, StringComparison.Ordinal);
        Assert.Contains("KEY of line 3 was stored (SSH key).", result.Error, StringComparison.Ordinal);
        Assert.Contains("error[RF9408]: .env:6: PATH changes how programs behave; --allow-guarded-name takes it.", result.Error, StringComparison.Ordinal);
        Assert.Contains(".env:7: PIN: The value has 4 bytes.", result.Error, StringComparison.Ordinal);
        Assert.Contains(".env:8: the value of NONE is empty; --short takes it.", result.Error, StringComparison.Ordinal);
        Assert.Contains(".env:9: THERE is there already; --replace gives it the value of the file.", result.Error, StringComparison.Ordinal);
        Assert.Contains(".env:10: TWICE stands in line 11 again, which counts.", result.Error, StringComparison.Ordinal);
        Assert.Contains(".env:12: The name of a variable begins with a digit", result.Error, StringComparison.Ordinal);
        Assert.Contains(".env:13: this line is no NAME=value.", result.Error, StringComparison.Ordinal);
        Assert.Contains("3 secrets stored in the project gh/acme/app, 7 not.\nNow delete .env: its values stand there in the clear.", result.Error, StringComparison.Ordinal);
        Assert.Equal(["KEY", "THERE", "TOKEN", "TWICE"], _trial.Project().Living.Select(v => v.Name));
        _trial.AssertNowhere(SecretTrial.Value);
    }

    [Fact]
    public async Task Takes_more_with_a_word_for_it_and_reads_standard_input()
    {
        await _trial.PipeAsync("some other value", "secret", "set", "THERE");

        var result = await _trial.PipeAsync("{\"PATH\": \"/usr/bin\", \"PIN\": \"1234\", \"NONE\": \"\", \"THERE\": \"another value\"}", "secret", "import", "-", "--short", "--replace", "--allow-guarded-name", "--person", "ann");

        Assert.Contains("4 secrets stored", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("delete", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, _trial.Project().Find("THERE")!.Version);
        Assert.Equal("ann", _trial.Project().Find("PIN")!.Person);
    }

    [Fact]
    public async Task Refuses_files_that_cannot_be_read()
    {
        (await _trial.DoAsync("", "secret", "import", "none.env")).AssertRefused("error[RF9001]: There is no file none.env.");
        (await _trial.DoAsync("", "secret", "import", ".git")).AssertRefused("error[RF9002]: .git is a folder.");
        _trial.Run.WithFile("large.env", new byte[(4 * 1024 * 1024) + 1]);
        (await _trial.DoAsync("", "secret", "import", "large.env")).AssertRefused("error[RF9003]: large.env has more than 4 MiB.");
        (await _trial.DoAsync("", "secret", "import", "/dev/zero")).AssertRefused("error[RF9003]: /dev/zero has more than 4 MiB.");
    }

    [Theory]
    [InlineData("secret", "import", "pipe")]
    [InlineData("secret", "import", "-")]
    [InlineData("secret", "set", "TOKEN")]
    [InlineData("ssh-key", "add", "--every-host")]
    public async Task Is_canceled_while_it_waits_for_what_a_pipe_has_to_say(params string[] command)
    {
        var pipe = Path.Combine(_trial.Run.Folder, "pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var input = new SilentStream();
        _trial.Run.Input = input;
        using var canceling = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var error = new StringWriter();
        var running = Task.Run(() => CommandLine.Run(command, _trial.Run.Surroundings(TextWriter.Null, error), canceling.Token), canceling.Token);

        // Who opens a pipe to write waits for who reads.
        using var writer = command[^1] is "pipe" ? await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write), canceling.Token) : null;
        if (writer is null)
            await input.IsRead.WaitAsync(canceling.Token);
        await canceling.CancelAsync();

        Assert.Equal(ExitCode.Canceled, await running.WaitAsync(TestContext.Current.CancellationToken));
        Assert.EndsWith("Canceled.", error.ToString().Trim(), StringComparison.Ordinal);
    }

    /// <summary>Says nothing until it is disposed.</summary>
    private sealed class SilentStream : ForwardStream
    {
        private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _end = new();

        public Task IsRead => _isRead.Task;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            _isRead.TrySetResult();
            _end.Wait(TestContext.Current.CancellationToken);
            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            _end.Set();
            base.Dispose(disposing);
        }
    }
}
