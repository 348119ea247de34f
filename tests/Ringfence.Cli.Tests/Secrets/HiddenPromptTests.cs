using Ringfence.Cli.Secrets;
using Ringfence.Cli.Tests.Run;

namespace Ringfence.Cli.Tests.Secrets;

public sealed class HiddenPromptTests
{
    private const string CtrlC = "\x03";
    private const string CtrlU = "\x15";
    private const string CtrlW = "\x17";

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("wrong" + CtrlU + "right", "right")]
    [InlineData("two words" + CtrlW + "more", "two more")]
    [InlineData("two words  " + CtrlW + CtrlW + "none", "none")]
    [InlineData("ab\b\x7f" + "\b\bc", "c")]
    [InlineData("a\U0001f600\bb", "ab")]
    [InlineData("ended\x04", "ended")]
    public void Takes_back_what_was_typed(string typed, string expected)
    {
        var keys = new Queue<ConsoleKeyInfo>(typed.Select(c => new ConsoleKeyInfo(c, 0, false, false, false)).Append(new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false)));

        Assert.Equal(expected, new HiddenLine(new char[100]).Read(keys.Dequeue).ToString());
    }

    [Fact]
    public void Takes_no_more_than_there_is_room_for()
    {
        var keys = new Queue<ConsoleKeyInfo>("abcdef\b\r".Select(c => new ConsoleKeyInfo(c, c == '\r' ? ConsoleKey.Enter : 0, false, false, false)));

        Assert.Equal("abc", new HiddenLine(new char[4]).Read(keys.Dequeue).ToString());
    }

    [Fact]
    public void Ends_the_command_with_Ctrl_D_where_nothing_was_typed() =>
        Assert.Throws<OperationCanceledException>(() => new HiddenLine(new char[4]).Read(() => new ConsoleKeyInfo('\x04', ConsoleKey.D, false, false, true)));

    [Fact]
    public async Task Ends_at_once_when_the_process_is_to_end_while_it_waits_for_a_key()
    {
        using var trial = new SecretTrial();
        using var never = new SemaphoreSlim(0);
        trial.Run.ReadKey = () =>
        {
            trial.Run.Interrupt();
            never.Wait(TestContext.Current.CancellationToken);
            return default;
        };

        var result = await trial.DoAsync("", "secret", "set", "TOKEN");
        never.Release();

        Assert.Equal((int)ExitCode.Canceled, result.Exit);
        Assert.EndsWith("Value of TOKEN: \nCanceled.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_a_terminal_shows_nothing_and_puts_it_back_after_Ctrl_C()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo done"));
        using var program = new ProgramAtTerminal(trial, "secret", "set", "TOKEN", "--project", "gh/acme/app");
        await program.SeeAsync("Value of TOKEN: ");
        await program.TypeAsync($"mistyped{CtrlU}hidden value mistyped{CtrlW}here\r");
        await program.SeeAsync("Value of TOKEN, again: ");
        await program.TypeAsync("hidden");

        await program.TypeAsync(CtrlC);

        Assert.Equal((int)ExitCode.Canceled, await program.EndAsync());
        Assert.Contains("Canceled.", program.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", program.Screen, StringComparison.Ordinal);
        Assert.Contains(" echo ", trial.Commands.Read("after"), StringComparison.Ordinal);
        Assert.Equal(trial.Commands.Read("before"), trial.Commands.Read("after"));
    }

    [Fact]
    public async Task At_a_terminal_takes_the_value_as_it_was_corrected()
    {
        using var trial = await PipelineTrial.With(RunTests.Simple("echo done"));
        using var program = new ProgramAtTerminal(trial, "secret", "set", "TOKEN", "--project", "gh/acme/app");
        await program.SeeAsync("Value of TOKEN: ");
        await program.TypeAsync($"mistyped{CtrlU}hidden value mistyped{CtrlW}here\r");
        await program.SeeAsync("Value of TOKEN, again: ");
        await program.TypeAsync("hidden value here\r");

        Assert.Equal(0, await program.EndAsync());
        Assert.DoesNotContain("hidden", program.Screen, StringComparison.Ordinal);
        Assert.Equal(trial.Commands.Read("before"), trial.Commands.Read("after"));
    }
}
