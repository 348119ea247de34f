using System.Globalization;
using Ringfence.Keep.Ledgers;

namespace Ringfence.Cli.Tests.Secrets;

public sealed class SecretSetTests : IDisposable
{
    private readonly SecretTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Fact]
    [Rule("CTX-8", "INC-3", "INC-16")]
    public async Task Seals_what_standard_input_holds_and_shows_it_nowhere()
    {
        await _trial.MustAsync("context", "create", "release");

        var result = await _trial.PipeAsync(SecretTrial.Value + "\n", "secret", "set", "TOKEN", "--context", "release", "--person", "ann");

        Assert.Contains("TOKEN was set. It is version 1 in the context 'release'.", result.Error, StringComparison.Ordinal);
        Assert.Contains("ann looks after it", result.Error, StringComparison.Ordinal);
        Assert.Contains("Jobs get it: all members.", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
        await _trial.MustAsync("secret", "list");
        await _trial.MustAsync("context", "show", "release");
        Assert.Equal("test", _trial.Context("release").Find("TOKEN")!.Ending);
        _trial.AssertNowhere(SecretTrial.Value);
        Assert.Equal(0, _trial.Run.Guarded);
    }

    [Fact]
    [Rule("ENV-2")]
    public async Task Belongs_to_the_project_of_the_folder_by_default()
    {
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN");
        await _trial.PipeAsync(SecretTrial.Value + "2", "secret", "set", "TOKEN", "--project", "gh/acme/other");

        Assert.Equal(("gh/acme/app", "gh/acme"), (_trial.Project().Name, _trial.Project().Organization));
        Assert.NotNull(_trial.Project("gh/acme/other").Find("TOKEN"));
    }

    [Theory]
    [InlineData("secret", "set", "TOKEN", SecretTrial.Value)]
    [InlineData("secret", "set", "TOKEN=" + SecretTrial.Value)]
    [InlineData("secret", "set", "TOKEN", "--context", "release", SecretTrial.Value)]
    [InlineData("secret", "set", "TOKEN", "--value", SecretTrial.Value)]
    [InlineData("secret", "set", "TOKEN", "--value=" + SecretTrial.Value)]
    [InlineData("secret", "set", "TOKEN", "--", "-" + SecretTrial.Value)]
    [InlineData("secret", "rotate", "TOKEN", SecretTrial.Value)]
    [Rule("INC-3")]
    public async Task Refuses_a_value_on_the_command_line_without_repeating_it(params string[] arguments)
    {
        (await _trial.DoAsync("", arguments)).AssertRefused("error[RF9406]: The value of a secret does not belong on a command line: it ends up in the shell's history");

        Assert.DoesNotContain(SecretTrial.Value, _trial.Printed, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_trial.State));
    }

    [Theory]
    [InlineData("secret", "list", SecretTrial.Value)]
    [InlineData("secret", "remove", "TOKEN", SecretTrial.Value)]
    [InlineData("secret", "set", "@" + SecretTrial.Value)]
    [InlineData("keep", "passphrase", SecretTrial.Value)]
    [InlineData("keep", "passphrase", "--passphrase=" + SecretTrial.Value)]
    [InlineData("keep", "backup", "keep.key", "--passphrase", SecretTrial.Value)]
    [InlineData("run", "-e", "TOKEN=" + SecretTrial.Value)]
    [InlineData("run", "--env=TOKEN=" + SecretTrial.Value)]
    [InlineData("run", "--passphrase", SecretTrial.Value)]
    [Rule("INC-3")]
    public async Task Does_not_repeat_what_might_be_a_value_where_none_is_taken(params string[] arguments)
    {
        var result = await _trial.DoAsync("", arguments);

        Assert.Equal((int)ExitCode.InvalidInput, result.Exit);
        Assert.DoesNotContain(SecretTrial.Value, _trial.Printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fd takes a whole number", "--fd", SecretTrial.Value)]
    [InlineData("--generate takes a whole number", "--generate", SecretTrial.Value)]
    [InlineData("--generate takes a whole number", "--generate", "3")]
    [InlineData("--deadline is a date", "--deadline", SecretTrial.Value)]
    [InlineData("--deadline lies in the past", "--deadline", "2020-01-01")]
    [InlineData("That is no name of a project", "--project", SecretTrial.Value)]
    [InlineData("not both", "--project", "--context", "release")]
    [InlineData("not both", "--fd", "3", "--generate")]
    [InlineData("There is no context 'nope' in gh/acme.", "--context", "nope")]
    [InlineData("File descriptor 1000 cannot be read", "--fd", "1000")]
    public async Task Refuses_options_that_cannot_be_without_repeating_what_might_be_a_value(string says, params string[] options)
    {
        (await _trial.DoAsync("", ["secret", "set", "TOKEN", .. options])).AssertRefused(says);

        Assert.DoesNotContain(SecretTrial.Value, _trial.Printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1TOKEN", "begins with a digit")]
    [InlineData("TO KEN", "holds something else than letters")]
    [InlineData("", "needs a name")]
    [Rule("CTX-4")]
    public async Task Refuses_names_that_no_variable_can_have(string name, string says) => (await _trial.DoAsync(SecretTrial.Value, "secret", "set", name)).AssertRefused(says);

    [Fact]
    [Rule("CTX-4")]
    public async Task Holds_values_to_their_limit()
    {
        await _trial.PipeAsync(new string('x', 32_768), "secret", "set", "LONG");

        (await _trial.DoAsync(new string('x', 32_769), "secret", "set", "LONG")).AssertRefused("error[RF9405]: A value has at most 32768 bytes, not 32769");
        (await _trial.DoAsync(new string('x', 200_000), "secret", "set", "LONG")).AssertRefused("far more than a value may have");
        (await _trial.DoAsync("abcdefgh\0ijkl", "secret", "set", "ZERO")).AssertRefused("zero byte");
    }

    [Fact]
    [Rule("MSK-2")]
    public async Task Wants_a_word_for_what_is_short_or_empty()
    {
        (await _trial.DoAsync("abc", "secret", "set", "PIN")).AssertRefused("error[RF9404]: The value has 3 bytes.");
        (await _trial.DoAsync("\n", "secret", "set", "PIN")).AssertRefused("The value is empty.");

        await _trial.PipeAsync("abc", "secret", "set", "PIN", "--short");
        await _trial.PipeAsync("", "secret", "set", "NONE", "--short");

        Assert.Equal(["NONE", "PIN"], _trial.Project().Living.Select(v => v.Name));
    }

    [Fact]
    [Rule("CTX-22")]
    public async Task Wants_a_word_for_names_that_change_how_programs_behave()
    {
        (await _trial.DoAsync(SecretTrial.Value, "secret", "set", "LD_PRELOAD")).AssertRefused("LD_PRELOAD changes how programs or the job itself behave");

        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "LD_PRELOAD", "--allow-guarded-name");

        Assert.Contains(_trial.Entries(), e => e.Kind == LedgerKind.SecretSet && e.Text == "a guarded name, allowed on purpose" && e.By == "tester");
    }

    [Fact]
    public async Task Asks_twice_at_a_terminal()
    {
        _trial.Type(SecretTrial.Value, SecretTrial.Value);
        var result = await _trial.MustAsync("secret", "set", "TOKEN");
        Assert.Contains("Value of TOKEN: \nValue of TOKEN, again: \n", result.Error, StringComparison.Ordinal);

        _trial.Type(SecretTrial.Value, "something else");
        (await _trial.DoAsync("", "secret", "set", "TOKEN")).AssertRefused("The two that were typed differ.");
        _trial.AssertNowhere(SecretTrial.Value);
    }

    [Fact]
    public async Task Confirms_at_a_terminal()
    {
        _trial.Type("y" + SecretTrial.Value, SecretTrial.Value);
        await _trial.MustAsync("secret", "set", "PATH");
        Assert.True(_trial.Project().Find("PATH")!.AllowsGuarded);

        _trial.Press('n');
        (await _trial.DoAsync("", "secret", "set", "PATH")).AssertRefused("Nothing was changed.");
    }

    [Fact]
    public async Task Reads_a_file_descriptor()
    {
        _trial.Run.WithFile("value", SecretTrial.Value + "\r\n");
        using var file = File.OpenRead(Path.Combine(_trial.Run.Folder, "value"));
        var fd = file.SafeFileHandle.DangerousGetHandle().ToString(CultureInfo.InvariantCulture);

        await _trial.PipeAsync("", "secret", "set", "TOKEN", "--fd", fd);
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "SAME");

        Assert.Equal(_trial.Project().Find("SAME")!.Fingerprint, _trial.Project().Find("TOKEN")!.Fingerprint);
    }

    [Fact]
    public async Task Makes_a_value_that_nobody_has_seen()
    {
        await _trial.MustAsync("secret", "set", "KEY", "--generate");
        await _trial.MustAsync("secret", "set", "OTHER", "--generate", "64");

        Assert.NotEqual(_trial.Project().Find("KEY")!.Fingerprint, _trial.Project().Find("OTHER")!.Fingerprint);
    }

    [Fact]
    public async Task Tells_by_the_shape_where_to_rotate()
    {
        var result = await _trial.PipeAsync("ghp_" + new string('a', 36), "secret", "set", "TOKEN");

        Assert.Contains("By its shape it is: GitHub token. Where to rotate it: At GitHub", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("INC-14")]
    public async Task Gives_a_new_secret_90_days_and_a_rotated_one_as_long_as_before()
    {
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "USUAL");
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "SHORTER", "--deadline", "10d");
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "ETERNAL", "--deadline", "never");
        Assert.Equal([null, 10, 90], Days());

        await _trial.PipeAsync("another value", "secret", "rotate", "SHORTER");
        await _trial.PipeAsync("another value", "secret", "rotate", "ETERNAL");
        Assert.Equal([null, 10, 90], Days());
        Assert.Equal(2, _trial.Project().Find("SHORTER")!.Version);

        int?[] Days() => [.. _trial.Project().Living.Select(v => v.Deadline is { } d ? (int?)Math.Round((d - v.RotatedAt).TotalDays) : null)];
    }

    [Fact]
    [Rule("ENV-9")]
    public async Task Changes_what_is_said_of_the_same_value_and_not_its_version()
    {
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN");

        var result = await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN", "--person", "ann", "--deadline", "never");

        Assert.Contains("has the same value as before: nothing was rotated. It is version 1", result.Error, StringComparison.Ordinal);
        var stored = _trial.Project().Find("TOKEN")!;
        Assert.Equal((1, "ann", null), (stored.Version, stored.Person, stored.Deadline));
        var entry = _trial.Entries()[^1];
        Assert.Equal((LedgerKind.SecretChanged, "looked after by ann, never to be replaced"), (entry.Kind, entry.Text));
        await _trial.MustAsync("ledger", "verify");
    }

    [Fact]
    [Rule("ENV-9", "CTX-9")]
    public async Task Rotates_what_is_there_to_another_value_only()
    {
        (await _trial.DoAsync(SecretTrial.Value, "secret", "rotate", "TOKEN")).AssertRefused("error[RF9403]: There is no secret TOKEN in the project gh/acme/app to rotate.");
        await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN");
        var first = _trial.Project().Find("TOKEN")!;

        (await _trial.DoAsync(SecretTrial.Value, "secret", "rotate", "TOKEN", "--person", "mallory", "--deadline", "never")).AssertRefused("error[RF9407]: The value of TOKEN is the same as before: nothing was rotated.");
        var refused = _trial.Project().Find("TOKEN")!;
        Assert.Equal((first.Version, first.Person, first.Deadline), (refused.Version, refused.Person, refused.Deadline));
        Assert.Contains("has the same value as before", (await _trial.PipeAsync(SecretTrial.Value, "secret", "set", "TOKEN")).Error, StringComparison.Ordinal);
        Assert.Equal(first.RotatedAt, _trial.Project().Find("TOKEN")!.RotatedAt);

        await _trial.PipeAsync("another value", "secret", "rotate", "TOKEN");
        var last = _trial.Project().Find("TOKEN")!;
        Assert.True(last.RotatedAt > first.RotatedAt);
        Assert.Equal(first.CreatedAt, last.CreatedAt);
    }
}
