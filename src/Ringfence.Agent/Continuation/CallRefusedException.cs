namespace Ringfence.Agent.Continuation;

/// <summary>A call is not taken.</summary>
/// <param name="status">The status of the answer, such as <c>400 Bad Request</c>.</param>
/// <param name="message">Why, in one sentence.</param>
internal sealed class CallRefusedException(string status, string message) : Exception(message)
{
    /// <summary>The status of the answer.</summary>
    public string Status => status;
}
