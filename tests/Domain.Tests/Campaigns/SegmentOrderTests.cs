using CsCheck;
using Engagement.Domain.Campaigns;

namespace Engagement.Domain.Tests.Campaigns;

public sealed class SegmentOrderTests
{
    [Fact]
    public void Of_AnyGraphWithoutCycle_PutsTheAskedFirst() =>
        Gen.Int[0, 12].SelectMany(n => Gen.Select(Gen.Shuffle(Enumerable.Range(0, n).ToArray()), Gen.Int[0, 11].List[0, 5].Array[n])).Sample((rank, wishes) =>
        {
            var asks = wishes.Select((list, i) => (IReadOnlyCollection<int>)list.Where(to => to < rank.Length && rank[to] < rank[i]).ToHashSet()).ToList();
            var order = SegmentOrder.Of(asks, out var cycles);
            Assert.Empty(cycles);
            Assert.Equal(Enumerable.Range(0, rank.Length), order.Order());
            Assert.All(order, i => Assert.All(asks[i], to => Assert.True(order.IndexOf(to) < order.IndexOf(i))));
        });

    [Fact]
    public void Of_NobodyAsks_KeepsTheOrder() => Assert.Equal([0, 1, 2], SegmentOrder.Of([[], [], []], out _).ToArray());

    [Fact]
    public void Of_Cycles_AreAllNamed()
    {
        SegmentOrder.Of([[1], [2], [1], [3], []], out var cycles);
        Assert.Equal(["1,2,1", "3,3"], cycles.Select(c => string.Join(',', c)));
    }

    [Fact]
    public void Of_AVeryLongChain_NeedsNoStack()
    {
        var asks = Enumerable.Range(0, 200_000).Select(i => (IReadOnlyCollection<int>)(i == 199_999 ? [] : [i + 1])).ToList();
        Assert.Equal(199_999, SegmentOrder.Of(asks, out _)[0]);
    }
}
