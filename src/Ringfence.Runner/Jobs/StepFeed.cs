using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace Ringfence.Runner.Jobs;

/// <summary>The way of output from any thread into the log of one step. Who prints never waits; who prints more than the log can take loses the rest.</summary>
internal sealed class StepFeed
{
    /// <summary>Bytes that may wait for the log.</summary>
    public const int MostWaiting = 8 * 1024 * 1024;

    // What a part costs beside its bytes; without it, many empty parts would be free.
    private const int CostOfPart = 64;

    private readonly Channel<ReadOnlyMemory<byte>> _parts = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _lock = new();
    private long _waiting;
    private long _lost;
    private bool _isWithinLine;

    /// <summary>Whether anything has come.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Takes some output, which is copied. After the end nothing is taken any more.</summary>
    public void Take(ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            IsUsed = true;
            if (bytes.IsEmpty)
                return;
            if (_waiting + bytes.Length > MostWaiting)
            {
                _lost += bytes.Length;
                return;
            }

            SayWhatIsLost();
            Add(bytes.ToArray());
        }
    }

    /// <summary>Takes a line of our own, after the end of the line that is being printed.</summary>
    public void TakeLine(string line)
    {
        lock (_lock)
        {
            IsUsed = true;
            SayWhatIsLost();
            AddLine(line);
        }
    }

    /// <summary>Nothing more comes. Safe twice.</summary>
    public void End()
    {
        lock (_lock)
        {
            SayWhatIsLost();
            _parts.Writer.TryComplete();
        }
    }

    /// <summary>Brings everything into the log, in order, until the end.</summary>
    public async Task PumpAsync(JobLog log, int step)
    {
        await foreach (var part in _parts.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            lock (_lock)
                _waiting -= part.Length + CostOfPart;
            await log.Report(new JobEvent.Printed(step, part)).ConfigureAwait(false);
        }
    }

    private void SayWhatIsLost()
    {
        if (_lost == 0)
            return;
        AddLine(string.Create(CultureInfo.InvariantCulture, $"[{_lost} bytes are missing here: they came faster than the log could take them.]"));
        _lost = 0;
    }

    private void AddLine(string line) => Add(Encoding.UTF8.GetBytes($"{(_isWithinLine ? "\n" : "")}{line}\n"));

    private void Add(byte[] part)
    {
        if (!_parts.Writer.TryWrite(part))
            return;
        _waiting += part.Length + CostOfPart;
        _isWithinLine = part[^1] != '\n';
    }
}
