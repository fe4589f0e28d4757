using Engagement.Contracts.Clock;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Map;
using Engagement.Domain.Organisation;

namespace Engagement.Gateway.Map;

/// <summary>Which measures of a node and its children are a surge, in the minute under way or the last whole one. Looked at once a second, for all who look.</summary>
public sealed class MapSurges(MapMinutes minutes, IGrainFactory grains, TimeProvider time)
{
    private const int Looked = 2;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    private SemaphoreSlim Gate { get; } = new(1, 1);
    private Recent? newest;
    private long readAt;

    public async Task<MapNodeJson> Mark(MapNodeJson read, MapNode node, OrganisationTree tree)
    {
        var recent = await Read(tree);
        var places = MapPlace.Children(node, tree, recent.Leaves).ToDictionary(p => p.Node);
        return read with
        {
            Surges = recent.Of($"={read.Node}", MapPlace.Of(node, tree)),
            Children = [.. read.Children.Select(c => places.TryGetValue(c.Node, out var place) ? c with { Surges = recent.Of($"{read.Node}/{c.Node}", place) } : c)],
        };
    }

    private async Task<Recent> Read(OrganisationTree tree)
    {
        await Gate.WaitAsync();
        try
        {
            if (newest is null || newest.Organisation != tree.Version || time.GetElapsedTime(readAt) >= FreshFor)
            {
                readAt = time.GetTimestamp();
                var now = (await grains.GetGrain<IClockGrain>(0).Read()).NowMs;
                var minute = MapTurn.MinuteOf(now);
                var today = await minutes.Last(now, Looked);
                List<(MapTally, IReadOnlyList<MapTally>)> both = [];
                for (var i = 0; i < Looked; i++)
                {
                    both.Add((today[i], await minutes.Past(minute - Looked + 1 + i)));
                }

                newest = new(tree.Version, both);
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or System.Data.Common.DbException or TimeoutException or Orleans.Runtime.OrleansException)
        {
            // The map lives without: what the regions know does not wait for the database.
            newest = new(tree.Version, []);
        }
        finally
        {
            Gate.Release();
        }

        return newest;
    }

    /// <summary>The last minutes with their past; worked out once for each place that is asked for.</summary>
    private sealed class Recent(int organisation, List<(MapTally Now, IReadOnlyList<MapTally> Past)> minutes)
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, IReadOnlyList<string>> known = [];

        public int Organisation => organisation;

        public IEnumerable<Leaf> Leaves => minutes.SelectMany(m => m.Now.Leaves.Keys).Distinct();

        /// <returns>Null: none.</returns>
        public IReadOnlyList<string>? Of(string key, MapPlace place) =>
            known.GetOrAdd(key, _ => [.. minutes.Where(m => m.Past.Count > 0).SelectMany(m => Surge.Of(place.SumOf(m.Now), Surge.TwiceMedian([.. m.Past.Select(place.SumOf)]))).Distinct()]) is { Count: > 0 } surges
                ? surges
                : null;
    }
}
