using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Microsoft.Data.Sqlite;

namespace Engagement.Storage.Sqlite;

/// <summary>Reads a shard's row, its log and what is stored of its clients.</summary>
internal static class SqliteClients
{
    /// <summary>Beyond every id.</summary>
    public const string IdMax = "~";

    /// <summary>Below every character of an id: with it behind an id, one stands just after that.</summary>
    public const string JustAfter = "!";

    private const string LogColumns = "l.k, l.kind, l.client, l.source, l.id, l.type, l.time_ms, l.at_ms, l.data, p.sealed, c.key, l.previous";
    private const string LogFrom = " from log l left join personal p on l.personal = 1 and p.shard = l.k >> 40 and p.position = l.k & 0xffffffffff left join client_key c on l.personal = 1 and c.client = l.client";

    public static ShardHead? ReadHead(SqliteSession s, int shard) => s.First(
        "select epoch, last, outbox_seq, now_ms, rolled_position, rolled_to, checkpoint from shard where id = $1",
        r => new ShardHead(shard, r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.IsDBNull(5) ? null : r.GetString(5), r.GetInt64(6)),
        shard);

    public static List<LogRecord> ReadControls(SqliteSession s, int shard) => s.List(
        $"select {LogColumns}{LogFrom} where l.client = '' and l.k between $1 and $2 order by l.k", Record, LogKey.Of(shard, 0), LogKey.Of(shard, LogKey.PositionMax));

    /// <param name="last">Position of the client's own last record.</param>
    /// <returns>Null where nothing is stored of him.</returns>
    public static StoredClient? Read(SqliteSession s, int shard, string client, long last)
    {
        var head = s.First(
            "select position, state, recent, last from client where shard = $1 and id = $2",
            r => (Position: r.GetInt64(0), State: r.GetFieldValue<byte[]>(1), Recent: r.GetFieldValue<byte[]>(2), Last: r.GetInt64(3)),
            shard, client);
        var tail = Tail(s, shard, last, head.Position);
        if (head.State is null && tail.Count == 0)
        {
            return null;
        }

        var personal = PersonalFields.None;
        foreach (var (_, _, fields) in ReadPersonal(s, "p.client = $2 and p.position <= $3", shard, client, head.Position))
        {
            personal = personal.With(fields);
        }

        return new(client, head.Position, head.State, head.Recent, personal, tail) { Last = head.Last };
    }

    public static List<StoredClient> ReadSnapshots(SqliteSession s, int shard, string from, string upTo, int most)
    {
        var found = s.List(
            "select id, position, state, recent, last from client where shard = $1 and id >= $2 and id <= $3 order by id limit $4",
            r => new StoredClient(r.GetString(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2), r.GetFieldValue<byte[]>(3), PersonalFields.None, []) { Last = r.GetInt64(4) },
            shard, from, upTo, most);
        if (found.Count == 0)
        {
            return found;
        }

        // Few have personal fields: theirs are read together and put where they belong.
        var at = 0;
        foreach (var (client, position, fields) in ReadPersonal(s, "p.client >= $2 and p.client <= $3", shard, from, found[^1].Client))
        {
            while (at < found.Count && string.CompareOrdinal(found[at].Client, client) < 0)
            {
                at++;
            }

            if (at < found.Count && found[at].Client == client && position <= found[at].Position)
            {
                found[at] = found[at] with { Personal = found[at].Personal.With(fields) };
            }
        }

        return found;
    }

    /// <summary>A client's records after a position, found from his last one backwards.</summary>
    public static List<LogRecord> Tail(SqliteSession s, int shard, long last, long after)
    {
        var tail = ReadBack(s, shard, last, after, int.MaxValue);
        tail.Reverse();
        return tail;
    }

    /// <summary>A client's records from one backwards, as far as they stand after a position.</summary>
    public static List<LogRecord> ReadBack(SqliteSession s, int shard, long last, long after, int most)
    {
        List<LogRecord> records = [];
        for (var position = last; position > after && records.Count < most; position = records[^1].Previous)
        {
            records.Add(s.First($"select {LogColumns}{LogFrom} where l.k = $1", Record, LogKey.Of(shard, position))
                ?? throw new InvalidOperationException($"The log of shard {shard} has no record {position}."));
        }

        return records;
    }

    private static List<(string Client, long Position, PersonalFields Fields)> ReadPersonal(SqliteSession s, string where, int shard, params ReadOnlySpan<object?> arguments) => s.List(
        $"select p.client, p.position, p.sealed, k.key from personal p left join client_key k on k.client = p.client where p.shard = $1 and {where} order by p.client, p.position",
        r => (r.GetString(0), r.GetInt64(1), PersonalSeal.Open(r.GetFieldValue<byte[]>(2), r.IsDBNull(3) ? null : r.GetFieldValue<byte[]>(3), r.GetString(0), shard, r.GetInt64(1))),
        [shard, .. arguments]);

    private static LogRecord Record(SqliteDataReader r)
    {
        var ((shard, position), client) = (LogKey.Split(r.GetInt64(0)), r.GetString(2));
        var personal = r.IsDBNull(9)
            ? null
            : PersonalSeal.Open(r.GetFieldValue<byte[]>(9), r.IsDBNull(10) ? null : r.GetFieldValue<byte[]>(10), client, shard, position);
        return new(position, (RecordKind)r.GetInt32(1), client, r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt64(6), r.GetInt64(7), r.GetFieldValue<byte[]>(8), personal) { Previous = r.GetInt64(11) };
    }
}
