using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;

namespace Engagement.Storage.Tests.Model;

/// <summary>What lists over all clients must show.</summary>
internal sealed class QueryModel
{
    public static readonly string[] Segments = ["rich", "senior", "active"];
    public static readonly string[] Outlets = ["o-1", "o-2"];
    public static readonly string[] Desks = ["advisor:a", "outlet:o-1", "hq"];

    private readonly Dictionary<(string Segment, string Client), long> members = [];
    private readonly Dictionary<string, (string Outlet, string Desk)> places = [];
    private readonly List<Decision> decisions = [];

    /// <summary>Decisions of a client that wait, whose outcome may still change.</summary>
    public IEnumerable<Decision> WaitingOf(string client) => decisions.Where(d => d.Client == client && d.Outcome == Outcomes.Quiet);

    public void Take(ShardCommit commit)
    {
        foreach (var effects in commit.Effects)
        {
            foreach (var change in effects.Memberships)
            {
                if (change.Entered)
                {
                    members[(change.Segment, effects.Client)] = change.AtMs;
                }
                else
                {
                    members.Remove((change.Segment, effects.Client));
                }
            }

            if (effects.Place is { } place)
            {
                places[effects.Client] = (place.Outlet, place.Desk);
            }

            foreach (var decision in effects.Decisions)
            {
                var index = decisions.FindIndex(d => d.Id == decision.Id);
                if (index < 0)
                {
                    decisions.Add(decision);
                }
                else
                {
                    decisions[index] = decisions[index] with { Outcome = decision.Outcome, Prompt = decision.Prompt, Because = decision.Because };
                }
            }
        }
    }

    public async Task Compare(IStores stores, IEnumerable<string> clients)
    {
        await Compare(stores, ClientFilter.All, _ => true);
        foreach (var outlet in Outlets)
        {
            await Compare(stores, new([outlet], null), c => places.TryGetValue(c, out var p) && p.Outlet == outlet);
        }

        await Compare(stores, new([Outlets[0]], [Desks[0]]), c => places.TryGetValue(c, out var p) && (p.Outlet == Outlets[0] || p.Desk == Desks[0]));
        foreach (var client in clients)
        {
            Assert.Equal(
                decisions.Where(d => d.Client == client).Reverse().Select(Text),
                (await stores.Queries.Decisions(client, 0, 1_000)).Select(d => Text(d.Decision)));
        }
    }

    private async Task Compare(IStores stores, ClientFilter filter, Func<string, bool> sees)
    {
        var seen = members.Where(m => sees(m.Key.Client)).ToList();
        Assert.Equal(
            seen.GroupBy(m => m.Key.Segment).Select(g => (g.Key, (long)g.Count())).Order(),
            (await stores.Queries.MemberCounts(filter)).Select(c => (c.Key, c.Value)).Order());
        foreach (var segment in Segments)
        {
            Assert.Equal(
                seen.Where(m => m.Key.Segment == segment).Select(m => (m.Key.Client, m.Value)).OrderBy(m => m.Client, StringComparer.Ordinal),
                await stores.Queries.Members(segment, filter, null, 1_000));
        }
    }

    private static string Text(Decision d) => $"{d.Id} {d.Client} {d.Campaign} {d.Trigger} {d.AtMs} {d.Outcome} {d.Prompt} {string.Join(',', d.Because)}";
}
