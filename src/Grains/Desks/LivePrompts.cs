using Engagement.Domain.Desks;

namespace Engagement.Grains.Desks;

/// <summary>Live prompts of one desk: found by id, by client, and by when time changes them, whatever their number.</summary>
internal sealed class LivePrompts(string desk)
{
    private static readonly Comparer<(long DueMs, string Id)> ByDue = Comparer<(long DueMs, string Id)>.Create(
        (a, b) => a.DueMs != b.DueMs ? a.DueMs.CompareTo(b.DueMs) : string.CompareOrdinal(a.Id, b.Id));

    private readonly Dictionary<string, Prompt> prompts = [];
    private readonly Dictionary<string, List<string>> byClient = [];
    private readonly SortedSet<(long DueMs, string Id)> due = new(ByDue);

    public IReadOnlyCollection<Prompt> All => prompts.Values;

    public Prompt? Find(string id) => prompts.GetValueOrDefault(id);

    public IEnumerable<Prompt> Of(string client) => byClient.TryGetValue(client, out var ids) ? ids.Select(id => prompts[id]) : [];

    /// <summary>Those whom time has changed by an instant, in due order.</summary>
    public IEnumerable<Prompt> DueBy(long nowMs) => due.TakeWhile(d => d.DueMs <= nowMs).Select(d => prompts[d.Id]);

    /// <summary>Takes a prompt as it is now; one that is not live here is forgotten.</summary>
    public void Put(Prompt prompt)
    {
        Remove(prompt.Id);
        if (!prompt.IsLive || prompt.Desk != desk)
        {
            return;
        }

        prompts.Add(prompt.Id, prompt);
        if (byClient.TryGetValue(prompt.Client, out var ids))
        {
            ids.Add(prompt.Id);
        }
        else
        {
            byClient.Add(prompt.Client, [prompt.Id]);
        }

        if (prompt.DueMs is { } at)
        {
            due.Add((at, prompt.Id));
        }
    }

    private void Remove(string id)
    {
        if (!prompts.Remove(id, out var prompt))
        {
            return;
        }

        var ids = byClient[prompt.Client];
        ids.Remove(id);
        if (ids.Count == 0)
        {
            byClient.Remove(prompt.Client);
        }

        if (prompt.DueMs is { } at)
        {
            due.Remove((at, id));
        }
    }
}
