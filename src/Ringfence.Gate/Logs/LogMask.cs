using System.Buffers;
using System.Collections.Immutable;
using Ringfence.Gate.Matching;

namespace Ringfence.Gate.Logs;

/// <summary>
/// Passes one stream of output on with every form of every secret replaced by a mask (MSK-1, MSK-4). Not safe to share between threads; one for each stream.
/// </summary>
/// <remarks>
/// <para>
/// The law: however the text is cut into pieces, the output of <see cref="Write"/> and <see cref="Complete"/> together is the same, no form of a secret is in it,
/// and what is not part of one passes byte by byte. Overlapping finds become one mask.
/// </para>
/// <para>
/// It holds bytes back only while they are the beginning of a form, or of an escape that has not ended. When nothing has come for a while
/// (less than 50 ms), call <see cref="Release"/>: it lets out what ends in fewer than four bytes of a form and goes on holding back the rest. If the form
/// comes after all, what is not out yet is masked: then the output depends on when it was released, but still never holds a form; at most three bytes of one,
/// which is less than the shortest value that is masked at all.
/// </para>
/// </remarks>
public sealed class LogMask : IDisposable
{
    private readonly Findings _findings = new();
    private readonly StreamSearch _search;

    /// <summary>Begins a stream. The matcher belongs to the caller and MUST live as long as this.</summary>
    public LogMask(SecretMatcher matcher)
    {
        ArgumentNullException.ThrowIfNull(matcher);
        _search = new StreamSearch(matcher);
        _search.Begin("", _findings);
    }

    /// <summary>What was caught, in the order of the text: the first 1,000.</summary>
    public ImmutableArray<Caught> Caught => _findings.ToImmutable();

    /// <summary>How many were caught, also beyond those that are listed.</summary>
    public long CaughtCount => _findings.Count;

    /// <summary>Whether bytes are held back, so that <see cref="Release"/> might let something out.</summary>
    public bool IsHolding => _search.IsHolding;

    /// <summary>Takes the next piece and writes all that is decided.</summary>
    public void Write(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output) => _search.Write(chunk, output);

    /// <summary>Writes what is held back, up to the first place where four bytes or more of a form stand. Calling it twice is safe.</summary>
    public void Release(IBufferWriter<byte> output) => _search.Release(output);

    /// <summary>Writes the rest: nothing follows. Calling it twice is safe.</summary>
    public void Complete(IBufferWriter<byte> output) => _search.Complete(output);

    /// <summary>
    /// Looks for other values from now on, usually those of <see cref="SecretMatcher.With"/> (MSK-6). What is held back stays and is looked at anew; what is out
    /// already is out, so a value that began before is masked from where it is not out yet only if it was held back.
    /// </summary>
    public void Switch(SecretMatcher matcher)
    {
        ArgumentNullException.ThrowIfNull(matcher);
        _search.Matcher = matcher;
    }

    /// <summary>Zeroes what is held back; it is lost.</summary>
    public void Dispose() => _search.Dispose();
}
