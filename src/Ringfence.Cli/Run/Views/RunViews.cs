namespace Ringfence.Cli.Run.Views;

/// <summary>All that a run is shown and kept in: the one view that the driver calls. When the output goes away the files are still written.</summary>
internal sealed class RunViews(RunBoard board, LogFilesView files, IRunView screen) : IRunView
{
    /// <summary>What is known of the run; its <see cref="RunBoard.NextApproval"/> is the question on the screen.</summary>
    public RunBoard Board => board;

    /// <summary>Whether the output could not be written any more, as when a pipe is closed.</summary>
    public bool ScreenIsLost => WhyLost is not null;

    /// <summary>Why the output could not be written any more; null while it can.</summary>
    public string? WhyLost { get; private set; }

    /// <summary>The views of a run whose folder exists.</summary>
    public static RunViews Of(Surroundings surroundings, string folder, RunViewKind kind, string options = "")
    {
        var board = new RunBoard { Options = options };
        var (writer, traits) = (surroundings.Out, surroundings.OutTraits);
        IRunView screen = kind switch
        {
            RunViewKind.Live => new LiveView(board, writer, traits, () => TerminalSize.OfThisProcess(traits)),
            RunViewKind.Plain => new PlainView(board, writer, traits),
            RunViewKind.Json => new JsonView(board, writer),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new RunViews(board, new LogFilesView(board, folder), screen);
    }

    /// <summary>How a run is shown: live on a terminal that can move its cursor, unless something else is asked for.</summary>
    public static RunViewKind Choose(Surroundings surroundings, bool isTerminal, bool isJson, bool isNoLive)
    {
        if (isJson)
            return RunViewKind.Json;
        return isTerminal && !isNoLive && surroundings.Variable("TERM") is not (null or "dumb") ? RunViewKind.Live : RunViewKind.Plain;
    }

    public void Show(RunEvent happened)
    {
        board.Apply(happened);
        files.Show(happened);
        TellTrouble(happened.At);
        OnScreen(() => screen.Show(happened));
    }

    public void Tick(DateTimeOffset now)
    {
        files.Tick(now);
        TellTrouble(now);
        OnScreen(() => screen.Tick(now));
    }

    public void Dispose()
    {
        OnScreen(screen.Dispose);
        files.Dispose();
    }

    private void TellTrouble(DateTimeOffset at)
    {
        if (files.TakeTrouble() is { } trouble)
            OnScreen(() => screen.Show(new RunEvent.Notice(at, trouble, IsWarning: true)));
    }

    private void OnScreen(Action show)
    {
        if (ScreenIsLost)
            return;
        try
        {
            show();
        }
        catch (IOException e)
        {
            WhyLost = e.Message;
        }
    }
}
