using Engagement.Contracts.Storage;

namespace Engagement.Storage.Sqlite;

/// <inheritdoc cref="IMapQueries"/>
public sealed class SqliteMapQueries(SqliteDatabase database) : IMapQueries
{
    public Task<IReadOnlyList<MinuteTally>> ReadMinutes(IReadOnlyCollection<MinuteSpan> spans) => database.Read<IReadOnlyList<MinuteTally>>(s =>
    {
        List<MinuteTally> tallies = [];
        foreach (var span in spans)
        {
            // By shard, as the key is.
            tallies.AddRange(s.List(
                "select c.minute, c.tally from shard s cross join map_count c where c.shard = s.id and c.minute between $1 and $2",
                r => new MinuteTally(r.GetInt32(0), r.GetFieldValue<byte[]>(1)),
                span.From, span.UpTo));
        }

        return tallies;
    });

    public Task<int?> FirstMinute() => database.Read(s => s.First<int?>(
        "select min((select min(c.minute) from map_count c where c.shard = s.id and c.minute > $1)) from shard s",
        r => r.IsDBNull(0) ? null : r.GetInt32(0),
        MapRow.GaugeMinute));
}
