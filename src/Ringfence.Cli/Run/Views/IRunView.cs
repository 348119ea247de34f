namespace Ringfence.Cli.Run.Views;

/// <summary>Shows or keeps what happens in a run. All calls come from one thread; disposing twice is safe and writes what was held back.</summary>
internal interface IRunView : IDisposable
{
    /// <summary>Takes an event in. The bytes of an output MUST be used or copied before this returns.</summary>
    void Show(RunEvent happened);

    /// <summary>Called some ten times a second: the time to draw and to flush.</summary>
    void Tick(DateTimeOffset now);
}
