using System.Collections.Concurrent;

namespace Engagement.Engage.Surge;

/// <summary>The accounts that a run opens, each of which is to come to a desk once, and what came.</summary>
internal sealed class Openings
{
    private readonly ConcurrentDictionary<string, Opening> accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> prompts = new(StringComparer.Ordinal);

    private sealed record Opening(long Intended, bool? Accepted);

    public int Shown => prompts.Count;

    public void Begin(string account, long intended) => accounts[account] = new(intended, null);

    /// <param name="accepted">Null stays where nobody knows.</param>
    public void End(string account, bool accepted) => accounts[account] = accounts[account] with { Accepted = accepted };

    /// <summary>A prompt was seen on a desk.</summary>
    /// <returns>When its event was to be sent; null where it was seen before, or is not of this run.</returns>
    public long? See(string prompt, string account) =>
        accounts.TryGetValue(account, out var opening) && prompts.TryAdd(prompt, account) ? opening.Intended : null;

    /// <summary>True once every account that was accepted has been seen.</summary>
    public bool Complete() => Check().Missing == 0;

    public PromptReport Check()
    {
        var seen = prompts.Values.GroupBy(a => a).ToDictionary(g => g.Key, g => g.Count());
        var accepted = accounts.Where(a => a.Value.Accepted == true).Select(a => a.Key).ToList();
        return new(
            accepted.Count,
            prompts.Count,
            accepted.Count(a => !seen.ContainsKey(a)),
            seen.Count(s => s.Value > 1),
            seen.Keys.Count(a => accounts[a].Accepted == false));
    }
}

/// <param name="Expected">Accounts whose opening was accepted: one prompt each.</param>
/// <param name="Twice">Accounts with more than one.</param>
/// <param name="Unexpected">Of accounts whose opening was refused.</param>
internal sealed record PromptReport(int Expected, int Arrived, int Missing, int Twice, int Unexpected);
