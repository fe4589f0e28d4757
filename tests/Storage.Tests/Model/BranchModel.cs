using Engagement.Contracts.Storage;

namespace Engagement.Storage.Tests.Model;

/// <summary>What one branch's rows must hold.</summary>
internal sealed class BranchModel(string branch)
{
    private readonly Dictionary<string, Place> places = [];
    private readonly Dictionary<string, long> cursors = [];

    public long Version { get; private set; }

    public BranchCommit Next(Random random)
    {
        var (changed, removed) = ($"c-{random.Next(6)}", $"c-{random.Next(6)}");
        return new(
            branch, Version,
            [new(changed, $"o-{random.Next(2)}", Version, random.Next(1_000_000), random.Next(2) == 0 ? null : "a-1", random.Next(2) == 0)],
            removed == changed ? [] : [removed],
            [($"shard:{random.Next(3)}", Version)]);
    }

    public void Take(BranchCommit commit)
    {
        Version++;
        foreach (var client in commit.Removed)
        {
            places.Remove(client);
        }

        foreach (var place in commit.Changed)
        {
            places[place.Client] = place;
        }

        foreach (var (source, cursor) in commit.Cursors)
        {
            cursors[source] = cursor;
        }
    }

    public async Task Compare(IStores stores)
    {
        var read = await stores.Branches.Read(branch);
        Assert.Equal(Version, read.Version);
        Assert.Equal(places.Values.OrderBy(p => p.Client), read.Places.OrderBy(p => p.Client));
        Assert.Equal(cursors.OrderBy(c => c.Key), read.Cursors.OrderBy(c => c.Key));
    }
}
