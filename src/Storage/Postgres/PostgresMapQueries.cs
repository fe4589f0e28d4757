using Engagement.Contracts.Storage;

namespace Engagement.Storage.Postgres;

/// <inheritdoc cref="IMapQueries"/>
public sealed class PostgresMapQueries(PostgresDatabase database) : IMapQueries
{
    public Task<IReadOnlyList<MinuteTally>> ReadMinutes(IReadOnlyCollection<MinuteSpan> spans) => database.Read<IReadOnlyList<MinuteTally>>(b =>
    {
        var tallies = b.List(
            MapRows.OfMinutes,
            r => new MinuteTally(r.GetInt32(0), r.GetFieldValue<byte[]>(1)),
            spans.Select(s => s.From).ToArray(), spans.Select(s => s.UpTo).ToArray());
        return () => tallies;
    });

    public Task<int?> FirstMinute() => database.Read<int?>(b =>
    {
        var first = b.List(MapRows.First, r => r.IsDBNull(0) ? (int?)null : r.GetInt32(0));
        return () => first[0];
    });
}
