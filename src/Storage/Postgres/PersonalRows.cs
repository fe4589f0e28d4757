using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>
/// Sealed personal fields and their keys. Keys are read before the transaction: they change only with a commit of the
/// client's shard, and where there was one the fence does not let this one pass.
/// </summary>
internal sealed class PersonalRows
{
    private readonly List<(int Shard, string Client)> erased = [];
    private readonly List<(int Shard, string Client, byte[] Key)> keys = [];
    private readonly List<(int Shard, long Position, string Client, byte[] Sealed)> rows = [];

    /// <summary>Those whose fields could not be sealed, under a damaged key for one. They know.</summary>
    public HashSet<PendingWrite<ShardCommit>> Failed { get; } = [];

    public static async Task<PersonalRows> Seal(NpgsqlConnection connection, List<PendingWrite<ShardCommit>> shards)
    {
        var sealing = new PersonalRows();
        var concerned = shards.Where(s => s.Request.Records.Any(r => r.Personal is not null || r.Kind == RecordKind.Erased)).ToList();
        if (concerned.Count == 0)
        {
            return sealing;
        }

        var clients = concerned.SelectMany(s => s.Request.Records).Where(r => r.Personal is not null).Select(r => r.Client).Distinct().ToArray();
        using var batch = new PostgresBatch(connection);
        var stored = batch.List("select client, key from client_key where client = any($1)", r => (r.GetString(0), r.GetFieldValue<byte[]>(1)), [clients]);
        await batch.Run().ConfigureAwait(false);
        var known = stored.ToDictionary(k => k.Item1, k => k.Item2);
        foreach (var shard in concerned)
        {
            sealing.Seal(shard, known);
        }

        return sealing;
    }

    public void Add(PostgresBatch batch)
    {
        if (erased.Count > 0)
        {
            // With the key go the rows sealed under it: what comes later gets a new key, which would not open them. And what events of his
            // held that were refused: they were kept as they came.
            object?[] gone = [erased.Select(e => e.Shard).ToArray(), erased.Select(e => e.Client).ToArray()];
            batch.Add("delete from personal p using unnest($1::integer[], $2::text[]) r (shard, client)" + ShardRows.Fence + " and p.shard = r.shard and p.client = r.client", gone);
            batch.Add("update dead_letter d set raw = '', detail = '' from unnest($1::integer[], $2::text[]) r (shard, client)" + ShardRows.Fence + " and d.subject = r.client", gone);
            // Those that are older than their subject's column.
            batch.Add(
                "update dead_letter d set raw = '', detail = '' from unnest($1::integer[], $2::text[]) r (shard, client)" + ShardRows.Fence
                + " and d.subject is null and strpos(d.raw, '\"' || r.client || '\"') > 0", gone);
            batch.Add("delete from client_key k using unnest($1::integer[], $2::text[]) r (shard, client)" + ShardRows.Fence + " and k.client = r.client", gone);
        }

        if (keys.Count > 0)
        {
            batch.Add(
                "insert into client_key select r.client, r.key from unnest($1::integer[], $2::text[], $3::bytea[]) r (shard, client, key)" + ShardRows.Fence,
                keys.Select(k => k.Shard).ToArray(), keys.Select(k => k.Client).ToArray(), keys.Select(k => k.Key).ToArray());
        }

        if (rows.Count > 0)
        {
            batch.Add(
                "insert into personal select * from unnest($1::integer[], $2::bigint[], $3::text[], $4::bytea[]) r (shard, position, client, sealed)" + ShardRows.Fence,
                rows.Select(r => r.Shard).ToArray(), rows.Select(r => r.Position).ToArray(), rows.Select(r => r.Client).ToArray(), rows.Select(r => r.Sealed).ToArray());
        }
    }

    private void Seal(PendingWrite<ShardCommit> shard, Dictionary<string, byte[]> known)
    {
        var commit = shard.Request;
        Dictionary<string, byte[]> made = [];
        HashSet<string> gone = [];
        List<(int, long, string Client, byte[])> sealed1 = [];
        try
        {
            foreach (var record in commit.Records)
            {
                if (record.Kind == RecordKind.Erased)
                {
                    gone.Add(record.Client);
                    made.Remove(record.Client);
                    sealed1.RemoveAll(r => r.Client == record.Client);
                }

                if (record.Personal is { } fields)
                {
                    if (!made.TryGetValue(record.Client, out var key) && (gone.Contains(record.Client) || !known.TryGetValue(record.Client, out key)))
                    {
                        made.Add(record.Client, key = PersonalSeal.NewKey());
                    }

                    sealed1.Add((commit.Shard, record.Position, record.Client, PersonalSeal.Seal(fields, key!, record.Client, commit.Shard, record.Position)));
                }
            }
        }
        catch (Exception e)
        {
            // Whatever it is, it concerns this commit, and the others go on.
            shard.Fail("Personal fields could not be sealed.", e);
            Failed.Add(shard);
            return;
        }

        erased.AddRange(gone.Select(c => (commit.Shard, c)));
        keys.AddRange(made.Select(k => (commit.Shard, k.Key, k.Value)));
        rows.AddRange(sealed1);
    }
}
