using System.Collections.Immutable;
using System.Text;

namespace Ringfence.Agent.InJob;

/// <summary>
/// The name of a test, a file or a class, as bytes that need not be UTF-8: each character of <paramref name="Octets"/> is one byte.
/// So names leave as they came in, and their order is that of their bytes.
/// </summary>
internal readonly record struct TestName(string Octets) : IComparable<TestName>
{
    /// <summary>The name as text; bytes that are not UTF-8 are replaced.</summary>
    public string Text => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Octets));

    /// <summary>The name with this text.</summary>
    public static TestName OfText(string text) => new(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)));

    /// <inheritdoc />
    public int CompareTo(TestName other) => string.CompareOrdinal(Octets, other.Octets);

    /// <summary>The bytes of names with something between them.</summary>
    public static byte[] Join(ImmutableArray<TestName> names, char separator) => Encoding.Latin1.GetBytes(string.Join(separator, names.Select(name => name.Octets)));

    /// <summary>Writes one name a line.</summary>
    public static void WriteLines(ImmutableArray<TestName> names, Stream output)
    {
        if (names.IsEmpty)
            return;
        output.Write(Join(names, '\n'));
        output.WriteByte((byte)'\n');
        output.Flush();
    }
}
