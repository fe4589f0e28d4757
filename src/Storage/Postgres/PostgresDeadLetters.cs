using Engagement.Contracts.Storage;

namespace Engagement.Storage.Postgres;

/// <inheritdoc cref="IDeadLetters"/>
public sealed class PostgresDeadLetters(PostgresDatabase database) : IDeadLetters
{
    public Task Add(IReadOnlyList<DeadLetter> letters) => database.Write(null, letters.Count, letters);

    public Task<IReadOnlyList<DeadLetter>> Read(long after, int limit) => database.Read<IReadOnlyList<DeadLetter>>(b =>
    {
        var letters = b.List(
            "select position, at_ms, event_index, id, code, detail, raw from dead_letter where position > $1 order by position limit $2",
            r => new DeadLetter(r.GetInt64(0), r.GetInt64(1), r.GetInt32(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6)),
            after, limit);
        return () => letters;
    });
}
