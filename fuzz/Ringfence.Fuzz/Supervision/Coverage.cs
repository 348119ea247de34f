using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Ringfence.Fuzz.Supervision;

/// <summary>Which branches an input takes, and how often, in the counters that an instrumented assembly writes. Reads as nothing when none is.</summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    private readonly byte* _counters = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    public Coverage() => Trace.SharedMem = _counters;

    /// <summary>Branches taken by any input until now.</summary>
    public int Branches { get; private set; }

    public void Reset()
    {
        new Span<byte>(_counters, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the input took a branch that none took before, or took one in another order of magnitude.</summary>
    public bool IsNew()
    {
        var isNew = false;
        var counters = new ReadOnlySpan<byte>(_counters, Size);
        for (var i = counters.IndexOfAnyExcept((byte)0); i >= 0 && i < Size; i++)
        {
            if (counters[i] == 0)
                continue;
            var bucket = (byte)(1 << System.Numerics.BitOperations.Log2(counters[i]));
            if ((_seen[i] & bucket) != 0)
                continue;
            Branches += _seen[i] == 0 ? 1 : 0;
            _seen[i] |= bucket;
            isNew = true;
        }

        return isNew;
    }
}
