using System.Net.Sockets;
using System.Text;
using Ringfence.Agent.InJob.Flags;

namespace Ringfence.Agent.InJob;

/// <summary><c>ringfence-mask</c>: reads a value from standard input and has it masked from then on (MSK-6). Never an argument, which other processes could read.</summary>
internal static class MaskCommand
{
    /// <summary>The name under which jobs call it.</summary>
    public const string Program = "ringfence-mask";

    /// <summary>The socket in the task's folder.</summary>
    public const string Socket = "mask.sock";

    /// <summary>The longest value, in bytes.</summary>
    public const int MostBytes = 32 * 1024;

    /// <summary>What the listener answers when the value is masked from now on; otherwise it says why not.</summary>
    public static readonly byte[] Taken = [1];

    private const int LongestAnswer = 4096;

    public static InJobVerb Verb { get; } = new(new CommandSyntax("mask", "Read a value from standard input and mask it in everything that leaves the job from now on; also as ringfence-mask."), (_, surroundings) => Run(surroundings));

    private static int Run(InJobSurroundings surroundings)
    {
        if (TaskFolder.Find(surroundings) is not { } folder)
        {
            surroundings.Say($"{Program}: works inside a job only, where {TaskFolder.Variable} names a folder.");
            return InJobExitCode.Failed;
        }

        if (BoundedInput.Read(surroundings.Stdin, MostBytes) is not { } value)
        {
            surroundings.Say($"{Program}: the value is longer than {MostBytes} bytes.");
            return InJobExitCode.Failed;
        }

        var text = value.AsSpan().TrimEnd("\r\n"u8);
        if (text.IsEmpty)
        {
            surroundings.Say($"{Program}: nothing came on standard input; pipe the value in: printf %s \"$VALUE\" | {Program}");
            return InJobExitCode.WrongUse;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(folder.Path, Socket)));
            socket.Send(text);
            socket.Shutdown(SocketShutdown.Send);
            var answer = Receive(socket);
            if (answer.SequenceEqual(Taken))
                return InJobExitCode.Success;
            surroundings.Say($"{Program}: the runner did not take the value{(answer.IsEmpty ? "." : ": " + Encoding.UTF8.GetString(answer))}");
        }
        catch (SocketException e)
        {
            surroundings.Say($"{Program}: the runner cannot be reached: {e.Message}");
        }

        return InJobExitCode.Failed;
    }

    private static ReadOnlySpan<byte> Receive(Socket socket)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length && socket.Receive(answer.AsSpan(length)) is > 0 and var count)
            length += count;
        return answer.AsSpan(0, length);
    }
}
