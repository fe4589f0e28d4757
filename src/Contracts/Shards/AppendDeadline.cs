using Orleans.Runtime;

namespace Engagement.Contracts.Shards;

/// <summary>
/// Until when an append is waited for. It goes with the call through whatever passes it on: a silo that stood still for a minute passes on
/// what it was sent before. Whoever sent that has been told that its outcome is not known, and has sent it again; by then its client may
/// have had more events than he remembers, and would take it for a new one.
/// </summary>
public static class AppendDeadline
{
    private const string Key = "append-until";

    /// <summary>So far the clocks of the hosts may be apart.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(2);

    /// <summary>For the calls that are made from here on.</summary>
    public static void Set(DateTimeOffset until) => RequestContext.Set(Key, until.ToUnixTimeMilliseconds());

    /// <summary>By how much the call that is being answered is too late; null: it is not, or nobody has said until when it is waited for.</summary>
    public static TimeSpan? Over(DateTimeOffset now) =>
        RequestContext.Get(Key) is long until && TimeSpan.FromMilliseconds(now.ToUnixTimeMilliseconds() - until) is var late && late > Apart ? late : null;
}
