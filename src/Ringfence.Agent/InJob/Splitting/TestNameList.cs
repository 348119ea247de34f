using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Ringfence.Agent.InJob.Splitting;

/// <summary>
/// The names that are piped in or stand in a file, separated by line ends, spaces or tabs (EX-10.4, EX-10.11). A name that comes twice is one test.
/// </summary>
internal static class TestNameList
{
    private const int MostBytes = 64 * 1024 * 1024;
    private const int MostNames = 1_000_000;

    /// <summary>The names in the order of their bytes; says in one sentence why there are none to be had.</summary>
    public static bool TryRead(Stream stream, out ImmutableArray<TestName> names, [NotNullWhen(false)] out string? why)
    {
        names = [];
        why = null;
        if (BoundedInput.Read(stream, MostBytes) is not { } bytes)
        {
            why = $"the test names are longer than {MostBytes} bytes";
            return false;
        }

        names = Parse(bytes);
        why = names.Length > MostNames ? $"there are more than {MostNames} test names" : null;
        return why is null;
    }

    /// <summary>The names in some bytes, sorted, each once.</summary>
    public static ImmutableArray<TestName> Parse(byte[] bytes) =>
    [
        .. Encoding.Latin1.GetString(bytes).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal).Select(octets => new TestName(octets)).Order(),
    ];
}
