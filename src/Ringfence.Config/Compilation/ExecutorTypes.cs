namespace Ringfence.Config.Compilation;

/// <summary>The keys that say what a job runs in; a job has exactly one of them (CL-10.1).</summary>
internal static class ExecutorTypes
{
    public static bool Is(string key) => key is "docker" or "machine" or "macos" or "windows";
}
