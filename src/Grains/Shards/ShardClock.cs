namespace Engagement.Grains.Shards;

/// <summary>The engine's clock as a shard sees it: the wall's, or one that stands still until it is advanced.</summary>
internal sealed class ShardClock
{
    private readonly TimeProvider? wall;
    private long manualMs;

    public ShardClock(TimeProvider wall) => this.wall = wall;

    public ShardClock(long nowMs) => manualMs = nowMs;

    public bool Manual => wall is null;

    public long NowMs => wall?.GetUtcNow().ToUnixTimeMilliseconds() ?? manualMs;

    public void Set(long nowMs) => manualMs = Math.Max(manualMs, nowMs);
}
