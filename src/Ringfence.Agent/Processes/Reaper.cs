using System.Runtime.InteropServices;
using Ringfence.Agent.Native;

namespace Ringfence.Agent.Processes;

/// <summary>Collects every ended child, also those that other processes left behind, which a container's first process must do.</summary>
/// <remarks>Nothing else in the agent may wait for children; <see cref="System.Diagnostics.Process"/> must not be used beside it.</remarks>
internal sealed unsafe class Reaper
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Action<int>> _waiting = [];
    private readonly (int Read, int Write) _started = Descriptor.Pipe();

    /// <summary>Begins to collect.</summary>
    public void Start() => new Thread(Collect) { IsBackground = true, Name = "reaper" }.Start();

    /// <summary>Starts a child, and calls back once with its wait status when it has ended.</summary>
    /// <param name="start">Starts the child; gives its process id, or 0 when it could not be started.</param>
    /// <param name="ended">Gets the status as <c>waitpid</c> gives it. It MUST NOT block.</param>
    public int Watch(Func<int> start, Action<int> ended)
    {
        // The child may end before it is known here; the reaper then waits for this lock.
        lock (_lock)
        {
            var pid = start();
            if (pid > 0)
            {
                _waiting[pid] = ended;
                Descriptor.Write(_started.Write, [1]);
            }

            return pid;
        }
    }

    private void Collect()
    {
        Span<byte> started = stackalloc byte[64];
        while (true)
        {
            int status;
            var pid = Libc.WaitForChild(-1, &status, 0);
            if (pid > 0)
            {
                Action<int>? ended;
                lock (_lock)
                    _waiting.Remove(pid, out ended);
                ended?.Invoke(status);
            }
            else if (Marshal.GetLastPInvokeError() == Libc.NoChildren)
            {
                // Until there is one; what was written for those that have ended already costs a few turns.
                Descriptor.Read(_started.Read, started);
            }
        }
    }
}
