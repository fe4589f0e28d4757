using Engagement.Contracts.Storage;

namespace Engagement.Storage.Sqlite;

/// <inheritdoc cref="IDeadLetters"/>
public sealed class SqliteDeadLetters(SqliteDatabase database) : IDeadLetters
{
    public Task Add(IReadOnlyList<DeadLetter> letters) => database.Write(s =>
    {
        foreach (var letter in letters)
        {
            s.Run(
                "insert into dead_letter (at_ms, event_index, id, code, detail, raw, subject) values ($1, $2, $3, $4, $5, $6, $7)",
                letter.AtMs, letter.Index, letter.Id, letter.Code, letter.Detail, letter.Raw, letter.Subject);
        }

        return letters.Count;
    });

    public Task<IReadOnlyList<DeadLetter>> Read(long after, int limit) => database.Read<IReadOnlyList<DeadLetter>>(s => s.List(
        "select position, at_ms, event_index, id, code, detail, raw from dead_letter where position > $1 order by position limit $2",
        r => new DeadLetter(r.GetInt64(0), r.GetInt64(1), r.GetInt32(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6)),
        after, limit));
}
