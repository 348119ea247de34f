using Ringfence.Workflows.Planning;

namespace Ringfence.Workflows.Reruns;

/// <summary>What came of the wish to rerun a workflow.</summary>
public abstract record RerunResult
{
    private RerunResult()
    {
    }

    /// <summary>There is a new run; carry out its decisions as after <see cref="Planner.Start"/>.</summary>
    public sealed record Begun(Planned Plan) : RerunResult;

    /// <summary>There is none.</summary>
    /// <param name="Reason">Why not, and what to do, as one sentence.</param>
    public sealed record Refused(string Reason) : RerunResult;
}
