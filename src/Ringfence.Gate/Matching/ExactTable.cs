using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ringfence.Gate.Matching;

/// <summary>Finds the needles that are too short for the view in the raw bytes. Most matchers have none of them.</summary>
internal sealed class ExactTable
{
    private const int TableBits = 16;

    private readonly ulong[] _heads = new ulong[1 << (TableBits - 6)];
    private readonly ILookup<uint, Needle> _needles;

    public ExactTable(IReadOnlyList<Needle> needles)
    {
        _needles = needles.ToLookup(needle => MemoryMarshal.Read<uint>(needle.Bytes));
        foreach (var head in _needles)
        {
            var hash = Hash(head.Key);
            _heads[hash >> 6] |= 1UL << (int)hash;
        }
    }

    public void FindAll(ReadOnlySpan<byte> raw, List<Match> matches)
    {
        if (_needles.Count == 0)
            return;
        ref var first = ref MemoryMarshal.GetReference(raw);
        ref var heads = ref MemoryMarshal.GetArrayDataReference(_heads);
        for (var at = 0; at <= raw.Length - sizeof(uint); at++)
        {
            var head = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, at));
            var hash = Hash(head);
            if ((Unsafe.Add(ref heads, (nint)(hash >> 6)) >> (int)hash & 1) == 0)
                continue;
            foreach (var needle in _needles[head])
            {
                if (raw[at..].StartsWith(needle.Bytes))
                    matches.Add(new Match(at, at + needle.Bytes.Length, needle, IsEscaped: false));
            }
        }
    }

    private static uint Hash(uint head) => (head * 2654435761u) >> (32 - TableBits);
}
