namespace Ringfence.Agent.InJob;

/// <summary>Reads what is piped in, up to a limit.</summary>
internal static class BoundedInput
{
    /// <summary>All bytes; null if there are more than allowed.</summary>
    public static byte[]? Read(Stream stream, int mostBytes)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (stream.Read(buffer) is > 0 and var count)
        {
            if (all.Length + count > mostBytes)
                return null;
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }
}
