using Engagement.Contracts.Storage;

namespace Engagement.Grains.Branches;

/// <summary>Those who wait for a place, by outlet and in the order in which they get one: the largest assets first, ties by the lowest id.</summary>
internal sealed class WaitingList
{
    private static readonly Comparer<Place> ByAssets = Comparer<Place>.Create((a, b) =>
        a.AssetsFen != b.AssetsFen ? b.AssetsFen.CompareTo(a.AssetsFen) : string.CompareOrdinal(a.Client, b.Client));

    private readonly Dictionary<string, SortedSet<Place>> byOutlet = [];

    public IReadOnlyCollection<string> Outlets => byOutlet.Keys;

    public void Add(Place place)
    {
        if (!byOutlet.TryGetValue(place.Outlet, out var there))
        {
            byOutlet.Add(place.Outlet, there = new(ByAssets));
        }

        there.Add(place);
    }

    public void Remove(Place place)
    {
        if (byOutlet.TryGetValue(place.Outlet, out var there) && there.Remove(place) && there.Count == 0)
        {
            byOutlet.Remove(place.Outlet);
        }
    }

    /// <summary>Who is next in some outlets; null: nobody waits there.</summary>
    public Place? First(params IEnumerable<string> outlets)
    {
        Place? first = null;
        foreach (var outlet in outlets)
        {
            if (byOutlet.GetValueOrDefault(outlet)?.Min is { } next && (first is null || ByAssets.Compare(next, first) < 0))
            {
                first = next;
            }
        }

        return first;
    }
}
