namespace Engagement.Contracts.Storage;

/// <summary>Reads what the map counted, minute by minute. They see what is committed.</summary>
public interface IMapQueries
{
    /// <summary>The rows of all shards in some spans of minutes, each a <see cref="Domain.Map.MapTally"/>, in no order; those of one minute add up.</summary>
    Task<IReadOnlyList<MinuteTally>> ReadMinutes(IReadOnlyCollection<MinuteSpan> spans);

    /// <summary>The first minute in which anything was counted and that is still kept; null: none.</summary>
    Task<int?> FirstMinute();
}

/// <summary>Minutes since 1970, both included.</summary>
public readonly record struct MinuteSpan(int From, int UpTo);

public readonly record struct MinuteTally(int Minute, byte[] Tally);

/// <summary>A part of what a shard counted in a minute. Parts add up.</summary>
/// <param name="Minute">Since 1970; <see cref="GaugeMinute"/>: what clients have, whenever it came.</param>
/// <param name="Part">Never used twice in a shard.</param>
/// <param name="Tally">A <see cref="Domain.Map.MapTally"/>.</param>
public sealed record MapRow(int Minute, long Part, byte[] Tally)
{
    public const int GaugeMinute = 0;
}

/// <summary>A row that another one replaces.</summary>
public readonly record struct MapPart(int Minute, long Part);
