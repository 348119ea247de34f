using System.Security.Cryptography;
using Ringfence.Gate.Matching;

namespace Ringfence.Gate.Archives;

/// <summary>What searching one stream takes: the search and a block to read into. Used again for the next stream, since making both costs more than searching a small file.</summary>
internal sealed class SearchParts(SecretMatcher matcher) : IDisposable
{
    private const int BlockBytes = 64 * 1024;

    public StreamSearch Search { get; } = new(matcher);

    public byte[] Block { get; } = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

    /// <summary>Zeroes all that was read; both parts can be used again.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(Block);
        Search.Dispose();
    }
}
