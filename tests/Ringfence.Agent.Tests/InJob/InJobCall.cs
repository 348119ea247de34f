using System.Text;

namespace Ringfence.Agent.Tests.InJob;

/// <summary>How a call of the command ended.</summary>
internal sealed record InJobCall(int Code, byte[] Bytes, string Error)
{
    public string Out => Encoding.UTF8.GetString(Bytes);

    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
