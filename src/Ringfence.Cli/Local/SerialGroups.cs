using System.Collections.Immutable;
using System.Text.Json;
using Ringfence.Cli.Orbs;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Sandboxes;
using Ringfence.Workflows;
using Ringfence.Workflows.Serial;

namespace Ringfence.Cli.Local;

/// <summary>
/// The serial groups of one organization among all runs of this machine (EX-3.15): a file with one line in each key's queue for each lock that is held or waited for.
/// What a process held that has died goes to the next one.
/// </summary>
/// <param name="folder">The folder of the file; it is made when it is needed.</param>
/// <param name="process">This process, or one that stands for it.</param>
/// <param name="clock">The time.</param>
internal sealed class SerialGroups(string folder, ProcessOwner process, TimeProvider clock)
{
    private const int MostBytes = 4 * 1024 * 1024;

    private string FilePath => Path.Combine(folder, "serial.json");

    /// <summary>Asks for a lock.</summary>
    /// <exception cref="StoreException">The file cannot be read or written.</exception>
    public Task<SerialTurn> RequestAsync(string key, SerialTicket ticket, CancellationToken cancel) => ChangeAsync(queue => queue.Request(key, ticket, clock.GetUtcNow()), cancel);

    /// <summary>Gives a lock back, or the wish for it up.</summary>
    /// <exception cref="StoreException">The file cannot be read or written.</exception>
    public Task<SerialTurn> ReleaseAsync(string key, WorkflowId workflow, JobId job, CancellationToken cancel) => ChangeAsync(queue => queue.Release(key, workflow, job), cancel);

    /// <summary>How things stand.</summary>
    /// <exception cref="StoreException">The file cannot be read or written.</exception>
    public async Task<SerialQueue> LookAsync(CancellationToken cancel) => (await ChangeAsync(queue => new SerialTurn(queue, []), cancel)).Queue;

    private async Task<SerialTurn> ChangeAsync(Func<SerialQueue, SerialTurn> change, CancellationToken cancel)
    {
        using var alone = await StoreLock.TakeAsync(folder, cancel);
        var lines = Read();
        var stored = SerialQueue.Of(lines.Select(line => new SerialEntry(line.Key, TicketOf(line), line.WaitsSince)));
        var alive = lines.Select(line => line.Process).Distinct(StringComparer.Ordinal).ToDictionary(text => text, text => ProcessOwner.Parse(text) is { IsAlive: true }, StringComparer.Ordinal);
        var left = lines.Where(line => !alive[line.Process]).Aggregate(stored, (queue, line) => queue.Release(line.Key, new WorkflowId(line.Workflow), new JobId(line.Job)).Queue);
        var turn = change(left.TimeOut(clock.GetUtcNow()).Queue);
        if (!ReferenceEquals(turn.Queue, stored))
            Write(turn.Queue.Entries, lines.ToDictionary(TicketOf, line => line.Process));
        return turn;
    }

    private static SerialTicket TicketOf(SerialFileLine line) => new(new WorkflowId(line.Workflow), new JobId(line.Job), line.Project, line.Pipeline);

    private IReadOnlyList<SerialFileLine> Read()
    {
        try
        {
            if (!File.Exists(FilePath))
                return [];
            if (new FileInfo(FilePath).Length > MostBytes)
                throw Damaged();
            using var file = File.OpenRead(FilePath);
            return JsonSerializer.Deserialize(file, SerialJson.Default.SerialFile)?.Locks ?? throw Damaged();
        }
        catch (JsonException)
        {
            throw Damaged();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{FilePath} cannot be read: {e.Message}", e);
        }
    }

    private void Write(ImmutableArray<SerialEntry> entries, Dictionary<SerialTicket, string> processes)
    {
        var lines = entries.Select(e => new SerialFileLine(e.Key, e.Ticket.Project, e.Ticket.PipelineNumber, e.Ticket.Workflow.Value, e.Ticket.Job.Value, e.WaitsSince, processes.GetValueOrDefault(e.Ticket, process.ToString())));
        try
        {
            AtomicFile.TryWrite(FilePath, JsonSerializer.SerializeToUtf8Bytes(new SerialFile([.. lines]), SerialJson.Default.SerialFile), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{FilePath} cannot be written: {e.Message}", e);
        }
    }

    // Nobody is let in by guessing who was.
    private StoreException Damaged() => new($"{FilePath} is damaged, so that nobody knows who holds which serial group: remove it when no run goes on.");
}
