using System.Collections.Concurrent;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clients;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Grains.Tests;

/// <summary>Ten thousand clients ask at once where three places are free.</summary>
public sealed class StormTests
{
    private const int Clients = 10_000;
    private const int Lower = 100;

    /// <summary>Clients in one request.</summary>
    private const int AtOnce = 50;

    private const string Organisation = """
        branches:
        - id: hn
          outlets:
          - id: o-1
            advisors: [ { id: a-1, capacity: 2 }, { id: a-0, capacity: 0 } ]
          - id: o-2
            advisors: [ { id: a-2, capacity: 1 }, { id: a-9, capacity: 9, status: left } ]
          - { id: o-3 }
        """;

    private static readonly Dictionary<string, int> Capacities = new() { ["a-1"] = 2, ["a-2"] = 1 };

    [Fact]
    public async Task Capacity_TenThousandAskAtOnce_IsNeverExceededAndTheLargestGetWhatBecomesFree()
    {
        var commits = new Commits();
        await using var cluster = await Cluster.Start(s =>
        {
            var inner = s.Last(d => d.ServiceType == typeof(IBranchStore));
            s.AddSingleton<IBranchStore>(p => new WatchedBranchStore((IBranchStore)ActivatorUtilities.CreateInstance(p, inner.ImplementationType!), commits));
        });
        await cluster.Publish(DocumentKind.Organisation, Organisation);

        await Task.WhenAll(Enumerable.Range(0, Clients).Chunk(AtOnce).Select(some => Send(cluster, some.SelectMany(i => (IncomingEvent[])
        [
            cluster.Event(Name(i), "assets.valued", Total(600_000 + i)),
            cluster.Event(Name(i), "account.opened", $$"""{"outlet":"o-{{1 + (i % 3)}}","channel":"online"}"""),
        ]))));
        await Eventually.Holds(cluster.Settle);

        var first = await Places(cluster);
        Assert.Equal(Clients, first.Count);
        Assert.Equal(["a-1", "a-1", "a-2"], Advisors(first));
        Assert.True(commits.Count > 1, "The storm came in one commit: it was none.");

        // While many of those who wait report other assets, the places become free: it is the branch's own list that counts.
        await Task.WhenAll(first.Where(p => p.Advisor is null).Take(Lower).Chunk(AtOnce).Select(some => Send(cluster, some.Select(p => cluster.Event(p.Client, "assets.valued", Total(500_000))))));
        await Eventually.Holds(cluster.Settle);
        var holders = first.Where(p => p.Advisor is not null).Select(p => p.Client).ToHashSet();
        var waiting = (await Places(cluster)).Where(p => p.Advisor is null).OrderByDescending(p => p.AssetsFen).ThenBy(p => p.Client, StringComparer.Ordinal).ToList();
        Assert.Equal(Clients - 3, waiting.Count);
        await Task.WhenAll(holders.Select(c => Send(cluster, [cluster.Event(c, "assets.valued", Total(1))])));
        await Eventually.Holds(cluster.Settle);

        var after = await Places(cluster);
        Assert.Equal(Clients - 3, after.Count);
        Assert.Equal(["a-1", "a-1", "a-2"], Advisors(after));
        // Each place goes to its own outlet first.
        string[] next = [.. waiting.Where(p => p.Outlet == "o-1").Take(2).Concat(waiting.Where(p => p.Outlet == "o-2").Take(1)).Select(p => p.Client)];
        Assert.Equal(next.Order(), after.Where(p => p.Advisor is not null).Select(p => p.Client).Order());

        Assert.Empty(commits.Exceeded);
        var some = after.Where((p, i) => p.Advisor is not null || i % 50 == 0).ToList();
        var views = await Task.WhenAll(some.Select(p => cluster.View(p.Client)));
        Assert.All(views.Zip(some), v => Assert.Equal((v.Second.Advisor ?? "", Desk(v.Second)), (v.First.Advisor, v.First.Desk)));
        Assert.All(await Task.WhenAll(holders.Select(cluster.View)), v => Assert.Equal("", v.Advisor));
    }

    /// <summary>As a gateway does it: sent again where the answer did not come in time, which has no second effect.</summary>
    private static Task Send(Cluster cluster, IEnumerable<IncomingEvent> events)
    {
        List<IncomingEvent> sent = [.. events];
        return Eventually.Holds(() => cluster.Append(sent));
    }

    private static string Name(int client) => $"c-{client:D5}";

    private static string Total(int yuan) => $$"""{"total":{{yuan}}}""";

    private static string Desk(Place place) => place.Advisor is { } advisor ? "advisor:" + advisor : "outlet:" + place.Outlet;

    private static IEnumerable<string> Advisors(IEnumerable<Place> places) => places.Where(p => p.Advisor is not null).Select(p => p.Advisor!).Order();

    private static async Task<IReadOnlyList<Place>> Places(Cluster cluster)
    {
        await using var database = new SqliteDatabase(cluster.File);
        return (await new SqliteBranchStore(database).Read("hn")).Places;
    }

    /// <summary>What the branch held after each of its commits.</summary>
    private sealed class Commits
    {
        private readonly Dictionary<string, string?> advisors = [];

        public int Count { get; private set; }

        public ConcurrentBag<string> Exceeded { get; } = [];

        public void On(BranchCommit commit)
        {
            lock (advisors)
            {
                Count++;
                foreach (var client in commit.Removed)
                {
                    advisors.Remove(client);
                }

                foreach (var place in commit.Changed)
                {
                    advisors[place.Client] = place.Advisor;
                }

                foreach (var (advisor, clients) in advisors.Values.OfType<string>().CountBy(a => a).Where(l => l.Value > Capacities.GetValueOrDefault(l.Key)))
                {
                    Exceeded.Add($"{advisor} had {clients} in commit {Count}");
                }
            }
        }
    }

    private sealed class WatchedBranchStore(IBranchStore store, Commits commits) : IBranchStore
    {
        public Task<StoredBranch> Read(string branch) => store.Read(branch);

        public async Task<bool> Commit(BranchCommit commit)
        {
            var committed = await store.Commit(commit);
            if (committed)
            {
                commits.On(commit);
            }

            return committed;
        }
    }
}
