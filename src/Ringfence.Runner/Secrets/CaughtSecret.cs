namespace Ringfence.Runner.Secrets;

/// <summary>What the gate found in something that was about to leave a job: where, and never what.</summary>
/// <param name="Variable">The variable's name.</param>
/// <param name="Form">The form it was in, such as <c>base64</c>.</param>
/// <param name="Exit">Where it was about to leave: <c>log</c>, <c>artifacts</c>, <c>cache</c>, <c>workspace</c>, <c>test results</c>, <c>$BASH_ENV</c>.</param>
/// <param name="Place">The step's name for a log; otherwise the file, with the archives it lies in.</param>
/// <param name="Offset">Bytes from the beginning of that file or log.</param>
/// <param name="Action">What was done: <c>masked</c>, <c>refused</c> or <c>let through</c>.</param>
/// <param name="Count">How many times there.</param>
public sealed record CaughtSecret(string Variable, string Form, string Exit, string Place, long Offset, string Action, long Count = 1);
