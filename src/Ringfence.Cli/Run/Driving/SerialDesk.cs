using System.Globalization;
using Ringfence.Cli.Local;
using Ringfence.Runner.Blobs;
using Ringfence.Workflows;
using Ringfence.Workflows.Planning;
using Ringfence.Workflows.Serial;

namespace Ringfence.Cli.Run.Driving;

/// <summary>Stands in line for the serial groups of one run's workflows, among all runs of this machine (EX-3.15 to EX-3.19). For the loop of the run only.</summary>
/// <param name="groups">The groups.</param>
/// <param name="clock">The time.</param>
internal sealed class SerialDesk(SerialGroups groups, TimeProvider clock)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly Queue<Wish> _wishes = [];
    private readonly Dictionary<SerialTicket, string> _waiting = [];
    private readonly Dictionary<SerialTicket, string> _held = [];
    private DateTimeOffset _nextLook;

    /// <summary>A job asks for a lock.</summary>
    public void Request(string key, SerialTicket ticket) => _wishes.Enqueue(new Wish(key, ticket, ticket.Workflow, ticket.Job));

    /// <summary>A job gives a lock back, or gives up waiting for it.</summary>
    public void Release(string key, WorkflowId workflow, JobId job) => _wishes.Enqueue(new Wish(key, null, workflow, job));

    /// <summary>Carries out what was asked for, and looks from time to time whether another run has let one of this run in.</summary>
    public async Task<IReadOnlyList<SerialNews>> SettleAsync()
    {
        var news = new List<SerialNews>();
        while (_wishes.TryDequeue(out var wish))
            await CarryOutAsync(wish, news);
        var now = clock.GetUtcNow();
        if (_waiting.Count > 0 && now >= _nextLook)
        {
            _nextLook = now + BetweenLooks;
            await LookAsync(news);
        }

        return news;
    }

    /// <summary>Gives back everything. Safe twice.</summary>
    public async Task LeaveAsync()
    {
        foreach (var (ticket, key) in _waiting.Concat(_held).ToList())
            Release(key, ticket.Workflow, ticket.Job);
        await SettleAsync();
    }

    private async Task CarryOutAsync(Wish wish, List<SerialNews> news)
    {
        try
        {
            if (wish.Ticket is { } ticket)
                Take(wish.Key, ticket, await groups.RequestAsync(wish.Key, ticket, CancellationToken.None), news);
            else
                Forget(wish, await groups.ReleaseAsync(wish.Key, wish.Workflow, wish.Job, CancellationToken.None), news);
        }
        catch (StoreException e) when (wish.Ticket is { } asked)
        {
            news.Add(new SerialNews(asked, new WorkflowEvent.LockRefused(asked.Job, e.Message)));
        }
        catch (StoreException)
        {
            // It goes to the next one when this process has ended.
        }
    }

    private void Take(string key, SerialTicket ticket, SerialTurn turn, List<SerialNews> news)
    {
        switch (turn.Decisions.FirstOrDefault())
        {
            case SerialDecision.Granted:
                Hold(key, ticket, news);
                break;
            case SerialDecision.Refused refused:
                news.Add(new SerialNews(ticket, new WorkflowEvent.LockRefused(ticket.Job, refused.Reason)));
                break;
            case SerialDecision.Waits waits:
                _waiting[ticket] = key;
                if (turn.Queue.HolderOf(key) is { } holder && !_held.ContainsKey(holder))
                    news.Add(new SerialNews(ticket, null, string.Create(CultureInfo.InvariantCulture, $"Waiting for the serial group {key}: pipeline {holder.PipelineNumber} of {holder.Project} holds it{(waits.Place > 1 ? $", and {waits.Place - 1} more before this one" : "")}.")));
                break;
        }
    }

    private void Forget(Wish wish, SerialTurn turn, List<SerialNews> news)
    {
        foreach (var all in (Dictionary<SerialTicket, string>[])[_waiting, _held])
        {
            foreach (var (ticket, key) in all.Where(t => t.Value == wish.Key && t.Key.Workflow == wish.Workflow && t.Key.Job == wish.Job).ToList())
                all.Remove(ticket);
        }

        Compare(wish.Key, turn.Queue, news);
    }

    private async Task LookAsync(List<SerialNews> news)
    {
        try
        {
            var queue = await groups.LookAsync(CancellationToken.None);
            foreach (var key in _waiting.Values.Distinct(StringComparer.Ordinal).ToList())
                Compare(key, queue, news);
        }
        catch (StoreException e)
        {
            foreach (var (ticket, _) in _waiting)
                news.Add(new SerialNews(ticket, new WorkflowEvent.LockRefused(ticket.Job, e.Message)));
            _waiting.Clear();
        }
    }

    /// <summary>What waited and holds the lock now was let in; what is not there any more waited too long.</summary>
    private void Compare(string key, SerialQueue queue, List<SerialNews> news)
    {
        foreach (var ticket in _waiting.Where(w => w.Value == key).Select(w => w.Key).ToList())
        {
            if (queue.HolderOf(key) == ticket)
                Hold(key, ticket, news);
            else if (!queue.WaitingFor(key).Contains(ticket))
                news.Add(new SerialNews(ticket, new WorkflowEvent.LockTimedOut(ticket.Job)));
            else
                continue;
            _waiting.Remove(ticket);
        }
    }

    private void Hold(string key, SerialTicket ticket, List<SerialNews> news)
    {
        _held[ticket] = key;
        news.Add(new SerialNews(ticket, new WorkflowEvent.LockGranted(ticket.Job)));
    }

    private sealed record Wish(string Key, SerialTicket? Ticket, WorkflowId Workflow, JobId Job);
}
