namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>How long the engine, and what runs in it, may take, and how much of it is read.</summary>
internal static class DockerLimits
{
    /// <summary>For the engine to answer whether it is there.</summary>
    public static readonly TimeSpan Check = TimeSpan.FromSeconds(10);

    /// <summary>For making a container or a network. It is not given up before: what the engine makes afterwards nobody would remove.</summary>
    public static readonly TimeSpan Create = TimeSpan.FromSeconds(60);

    /// <summary>For the agent to greet after its container has started.</summary>
    public static readonly TimeSpan Greeting = TimeSpan.FromSeconds(30);

    /// <summary>For a container to end by itself after its agent has been told that the job is over.</summary>
    public static readonly TimeSpan OwnEnd = TimeSpan.FromMilliseconds(500);

    /// <summary>For removing everything of one job.</summary>
    public static readonly TimeSpan Removal = TimeSpan.FromSeconds(60);

    /// <summary>For the private engine of a job to answer.</summary>
    public static readonly TimeSpan RemoteDocker = TimeSpan.FromSeconds(60);

    /// <summary>How many processes the containers of a job may have each: a job that forks without end must not stop the host.</summary>
    public const long Processes = 16 * 1024;

    /// <summary>How much of the agent's own error output is kept, in bytes.</summary>
    public const int Errors = 4 * 1024;

    /// <summary>How long a container may take to be over once its agent has gone.</summary>
    public static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(10);
}
