using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>Reading clients: their snapshots, what the log holds after them, and the personal fields beside them.</summary>
internal static class ClientRows
{
    private const string Columns = "select id, position, state, recent, last from client where shard = $1 ";

    public const string PersonalColumns =
        "select p.client, p.position, p.sealed, k.key from personal p left join client_key k on k.client = p.client where p.shard = $1 ";

    /// <summary>Snapshots and the records after them, in the order asked for. A client who has neither is left out.</summary>
    public static Func<List<StoredClient>> WithTails(PostgresBatch batch, int shard, IReadOnlyCollection<ClientAt> clients)
    {
        string[] ids = [.. clients.Select(c => c.Client)];
        var heads = batch.List(Columns + "and id = any($2)", Head, shard, ids);
        var tails = batch.List(LogRows.Tails, LogRows.Record, shard, ids, clients.Select(c => c.Last).ToArray());
        var personal = batch.List(PersonalColumns + "and p.client = any($2) order by p.client, p.position", r => Personal(r, shard), shard, ids);
        return () =>
        {
            var (headOf, tailOf, personalOf) = (heads.ToDictionary(h => h.Client), tails.ToLookup(t => t.Client), personal.ToLookup(p => p.Client));
            List<StoredClient> found = [];
            foreach (var (client, last) in clients)
            {
                var head = headOf.GetValueOrDefault(client);
                var tail = LogRows.Chain(shard, tailOf[client], last, head.Position);
                if (head.State is not null || tail.Count > 0)
                {
                    found.Add(new(client, head.Position, head.State, head.Recent, AsOf(personalOf[client], head.Position), tail) { Last = head.Last });
                }
            }

            return found;
        };
    }

    /// <summary>Snapshots in id order, from one id to another, both included, without what the log holds after them.</summary>
    public static Func<List<StoredClient>> Snapshots(PostgresBatch batch, int shard, string from, string upTo)
    {
        var heads = batch.List(Columns + "and id between $2 and $3 order by id", Head, shard, from, upTo);
        var personal = batch.List(PersonalColumns + "and p.client between $2 and $3 order by p.client, p.position", r => Personal(r, shard), shard, from, upTo);
        return () =>
        {
            var personalOf = personal.ToLookup(p => p.Client);
            return heads.ConvertAll(h => new StoredClient(h.Client, h.Position, h.State, h.Recent, AsOf(personalOf[h.Client], h.Position), []) { Last = h.Last });
        };
    }

    private static (string Client, long Position, byte[] State, byte[] Recent, long Last) Head(NpgsqlDataReader r) =>
        (r.GetString(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2), r.GetFieldValue<byte[]>(3), r.GetInt64(4));

    public static (string Client, long Position, PersonalFields Fields) Personal(NpgsqlDataReader r, int shard) => (
        r.GetString(0), r.GetInt64(1),
        PersonalSeal.Open(r.GetFieldValue<byte[]>(2), r.IsDBNull(3) ? null : r.GetFieldValue<byte[]>(3), r.GetString(0), shard, r.GetInt64(1)));

    public static PersonalFields AsOf(IEnumerable<(string Client, long Position, PersonalFields Fields)> personal, long position) =>
        personal.Where(p => p.Position <= position).Aggregate(PersonalFields.None, (all, newer) => all.With(newer.Fields));
}
