using System.Runtime.InteropServices;
using System.Text;

namespace Ringfence.Agent.Native;

/// <summary>An array of C strings, ended by null, as <c>execve</c> takes it. Lives outside the collected heap until disposed.</summary>
internal sealed unsafe class Texts : IDisposable
{
    private readonly byte** _items;
    private readonly int _count;

    public Texts(IReadOnlyList<string> texts)
    {
        _count = texts.Count;
        _items = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < _count; i++)
            _items[i] = Copy(texts[i]);
    }

    public byte** Items => _items;

    /// <summary>A C string that the caller frees with <see cref="NativeMemory.Free"/>.</summary>
    public static byte* Copy(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var copy = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(copy, length));
        copy[length] = 0;
        return copy;
    }

    public void Dispose()
    {
        // Values of variables may be secret.
        for (var i = 0; i < _count; i++)
        {
            for (var at = _items[i]; *at != 0; at++)
                *at = 0;
            NativeMemory.Free(_items[i]);
        }

        NativeMemory.Free(_items);
    }
}
