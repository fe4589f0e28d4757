using Engagement.Grains.Shards;

namespace Engagement.Grains.Tests;

/// <summary>Who goes when there are too many, and that the bookkeeping stays as small as what it is about.</summary>
public sealed class SecondChanceTests
{
    [Fact]
    public void TakeBeyond_WithOneUsedSince_LetsHimStayAndTakesTheNext()
    {
        var set = new SecondChance(2);
        var (a, b, c) = (new ClientEntry("a"), new ClientEntry("b"), new ClientEntry("c"));
        set.Add(a);
        set.Add(b);
        Assert.Empty(set.TakeBeyond());
        a.UsedTurn = 5;
        set.Add(c);
        Assert.Equal([b], set.TakeBeyond());
        Assert.Equal(2, set.Count);
    }

    [Fact]
    public void TakeBeyond_WithEverybodyUsed_KeepsTheBound()
    {
        var set = new SecondChance(3);
        for (var i = 0; i < 50; i++)
        {
            var entry = new ClientEntry($"c-{i}");
            set.Add(entry);
            entry.UsedTurn = i + 1;
            set.TakeBeyond();
            Assert.InRange(set.Count, 0, 3);
        }
    }

    [Fact]
    public void Add_OfOneWhoComesAndGoes_LeavesNoPlacesBehind()
    {
        var set = new SecondChance(1_000);
        var entry = new ClientEntry("c");
        for (var i = 0; i < 10_000; i++)
        {
            set.Add(entry);
            set.Remove(entry);
        }

        Assert.InRange(set.Places, 0, 100);
    }
}
