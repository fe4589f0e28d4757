using Engagement.Contracts.Storage;
using Engagement.Domain.Desks;

namespace Engagement.Storage.Postgres;

/// <summary>A desk's commit, with what is stored of it in serialized form.</summary>
internal sealed record DeskWrite(DeskCommit Commit, byte[][] Prompts, byte[][] Handovers, byte[][] Answers);

internal sealed record DeskDelivered(string Desk, long Handover);

internal sealed record DeskAppended(string ActionId);

/// <summary>The desks' rows, of all commits of a transaction together.</summary>
internal static class DeskRows
{
    /// <summary>Only desks whose row this transaction has changed are written, as with shards; $1 are the rows' desks, of thousands.</summary>
    private const string Fence = " where (r.desk in (select f.id from desk f where f.id = any($1) and f.xmin = pg_current_xact_id()::xid)) is true";

    public static void Add(PostgresBatch batch, List<PendingWrite<DeskWrite>> desks)
    {
        if (desks.Count == 0)
        {
            return;
        }

        AddFences(batch, desks);
        AddPrompts(batch, desks);
        var commits = desks.ConvertAll(d => d.Request.Commit);
        var cursors = commits.SelectMany(c => c.Cursors.Select(x => (c.Desk, x.Source, x.Cursor))).ToArray();
        if (cursors.Length > 0)
        {
            batch.Add(
                "insert into desk_cursor select * from unnest($1::text[], $2::text[], $3::bigint[]) r (desk, source, seq)" + Fence
                + " on conflict (desk, source) do update set seq = excluded.seq",
                Array.ConvertAll(cursors, c => c.Desk), Array.ConvertAll(cursors, c => c.Source), Array.ConvertAll(cursors, c => c.Cursor));
        }

        var on = commits.SelectMany(c => c.OnDesk.Select(o => (c.Desk, o.Client, o.On))).GroupBy(o => (o.Desk, o.Client)).Select(g => g.Last()).ToArray();
        if (on.Length > 0)
        {
            batch.Add(
                "insert into desk_client select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) r (desk, client, position, moved_to)" + Fence
                + " on conflict (desk, client) do update set position = excluded.position, moved_to = excluded.moved_to",
                Array.ConvertAll(on, o => o.Desk), Array.ConvertAll(on, o => o.Client), Array.ConvertAll(on, o => o.On.Position), Array.ConvertAll(on, o => o.On.To));
        }

        AddHandovers(batch, desks);
    }

    public static void Add(PostgresBatch batch, List<PendingWrite<DeskDelivered>> delivered)
    {
        if (delivered.Count > 0)
        {
            batch.Add(
                "delete from desk_handover h using unnest($1::text[], $2::bigint[]) r (desk, id) where h.desk = r.desk and h.id = r.id",
                delivered.Select(d => d.Request.Desk).ToArray(), delivered.Select(d => d.Request.Handover).ToArray());
        }
    }

    public static void Add(PostgresBatch batch, List<PendingWrite<DeskAppended>> appended)
    {
        if (appended.Count > 0)
        {
            batch.Add("delete from desk_record where id = any($1)", [appended.Select(a => a.Request.ActionId).ToArray()]);
        }
    }

    private static void AddFences(PostgresBatch batch, List<PendingWrite<DeskWrite>> desks)
    {
        var byDesk = desks.ToDictionary(d => d.Request.Commit.Desk);
        foreach (var commits in desks.Select(d => d.Request.Commit).GroupBy(c => c.OldVersion == 0))
        {
            const string rows = "from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) r (id, version, seq, clients) ";
            batch.Each(
                commits.Key
                    ? "insert into desk select r.id, 1, r.seq, r.clients " + rows + "on conflict (id) do nothing returning id"
                    : "update desk d set version = d.version + 1, seq = r.seq, clients = r.clients " + rows + "where d.id = r.id and d.version = r.version returning d.id",
                r => byDesk[r.GetString(0)].Passed = true,
                commits.Select(c => c.Desk).ToArray(), commits.Select(c => c.OldVersion).ToArray(), commits.Select(c => c.Seq).ToArray(), commits.Select(c => c.Clients).ToArray());
        }
    }

    private static void AddPrompts(PostgresBatch batch, List<PendingWrite<DeskWrite>> desks)
    {
        var prompts = desks.SelectMany(d => d.Request.Commit.Prompts.Zip(d.Request.Prompts, (p, payload) => (d.Request.Commit.Desk, Prompt: p, Payload: payload)))
            .GroupBy(p => (p.Desk, p.Prompt.Id)).Select(g => g.Last()).ToArray();
        if (prompts.Length > 0)
        {
            // A prompt that left keeps a row here, so that whoever watches this desk is told once more; it is live elsewhere.
            batch.Add(
                "insert into prompt select * from unnest($1::text[], $2::text[], $3::bigint[], $4::smallint[], $5::boolean[], $6::bigint[], $7::bytea[]) r (desk, id, seq, state, live, due_ms, payload)" + Fence
                + " on conflict (desk, id) do update set seq = excluded.seq, state = excluded.state, live = excluded.live, due_ms = excluded.due_ms, payload = excluded.payload",
                Array.ConvertAll(prompts, p => p.Desk), Array.ConvertAll(prompts, p => p.Prompt.Id), Array.ConvertAll(prompts, p => p.Prompt.Seq), Array.ConvertAll(prompts, p => (short)p.Prompt.State),
                Array.ConvertAll(prompts, p => IsHere(p.Desk, p.Prompt) && p.Prompt.IsLive), Array.ConvertAll(prompts, p => IsHere(p.Desk, p.Prompt) ? p.Prompt.DueMs : null),
                Array.ConvertAll(prompts, p => p.Payload));
        }
    }

    private static bool IsHere(string desk, Prompt prompt) => prompt.Desk == desk;

    private static void AddHandovers(PostgresBatch batch, List<PendingWrite<DeskWrite>> desks)
    {
        var handovers = desks.SelectMany(d => d.Request.Commit.Handovers.Zip(d.Request.Handovers, (h, payload) => (d.Request.Commit.Desk, h.Id, h.To, Payload: payload))).ToArray();
        if (handovers.Length > 0)
        {
            batch.Add(
                "insert into desk_handover select * from unnest($1::text[], $2::bigint[], $3::text[], $4::bytea[]) r (desk, id, receiver, payload)" + Fence,
                Array.ConvertAll(handovers, h => h.Desk), Array.ConvertAll(handovers, h => h.Id), Array.ConvertAll(handovers, h => h.To), Array.ConvertAll(handovers, h => h.Payload));
        }

        // The first answer to an action stays.
        var actions = desks.SelectMany(d => d.Request.Commit.Actions.Zip(d.Request.Answers, (a, answer) => (d.Request.Commit.Desk, a.ActionId, Answer: answer))).DistinctBy(a => a.ActionId).ToArray();
        if (actions.Length > 0)
        {
            batch.Add(
                "insert into desk_action select r.id, r.answer from unnest($1::text[], $2::text[], $3::bytea[]) r (desk, id, answer)" + Fence + " on conflict (id) do nothing",
                Array.ConvertAll(actions, a => a.Desk), Array.ConvertAll(actions, a => a.ActionId), Array.ConvertAll(actions, a => a.Answer));
        }

        var records = desks.SelectMany(d => d.Request.Commit.Records.Select(r => (d.Request.Commit.Desk, Record: r))).ToArray();
        if (records.Length > 0)
        {
            batch.Add(
                "insert into desk_record select r.id, r.desk, r.client, r.data from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) r (desk, id, client, data)" + Fence,
                Array.ConvertAll(records, r => r.Desk), Array.ConvertAll(records, r => r.Record.ActionId), Array.ConvertAll(records, r => r.Record.Client), Array.ConvertAll(records, r => r.Record.Data));
        }
    }
}
