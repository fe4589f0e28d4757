using Engagement.Contracts.Shards;
using Orleans.Runtime;

namespace Engagement.Grains.Tests;

/// <summary>What was on its way while its silo stood still comes when nobody waits for it any more.</summary>
public sealed class AppendDeadlineTests
{
    [Theory]
    [InlineData(-60, AppendOutcome.Unavailable, 0)]
    [InlineData(60, AppendOutcome.Durable, 1)]
    public async Task Append_ThatComesThen_IsNotTakenThroughTheIntakeEither(int untilSeconds, AppendOutcome expected, int known)
    {
        await using var cluster = await Cluster.Start();
        var (direct, passed) = (cluster.Event("c-1", "x.hello", "{}"), cluster.Event("c-2", "x.hello", "{}"));
        AppendDeadline.Set(TimeProvider.System.GetUtcNow().AddSeconds(untilSeconds));

        var answers = new[]
        {
            await cluster.Shard(cluster.ShardOf("c-1")).Append([direct]),
            (await cluster.Silos.Client.GetGrain<IIntakeGrain>(1).Append([new(cluster.ShardOf("c-2"), [passed])]))[0],
        };

        RequestContext.Clear();
        Assert.All(answers, a => Assert.Equal(expected, a.Outcome));
        foreach (var client in (string[])["c-1", "c-2"])
        {
            Assert.Equal(known, await cluster.Shard(cluster.ShardOf(client)).View(client) is null ? 0 : 1);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2_000, false)]
    [InlineData(2_001, true)]
    public void Over_ByMoreThanClocksMayBeApart_IsTooLate(int lateMs, bool over)
    {
        var until = TimeProvider.System.GetUtcNow();
        AppendDeadline.Set(until);

        Assert.Equal(over, AppendDeadline.Over(until.AddMilliseconds(lateMs)) is not null);

        RequestContext.Clear();
        Assert.Null(AppendDeadline.Over(until.AddDays(1)));
    }
}
