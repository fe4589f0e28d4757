using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain.Desks;
using Orleans.Serialization;

namespace Engagement.Storage.Sqlite;

/// <inheritdoc cref="IDeskStore"/>
public sealed class SqliteDeskStore(SqliteDatabase database, Serializer serializer) : IDeskStore
{
    public Task<StoredDesk> Read(string desk) => database.Read(s =>
    {
        var head = s.First("select version, seq, clients from desk where id = $1", r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)), desk);
        return new StoredDesk(
            head.Item1,
            head.Item2,
            head.Item3,
            s.List("select payload from prompt where desk = $1 and live = 1", r => Prompt(r.GetFieldValue<byte[]>(0)), desk),
            s.List("select source, seq from desk_cursor where desk = $1", r => (r.GetString(0), r.GetInt64(1)), desk)
                .ToDictionary(c => c.Item1, c => c.Item2),
            s.List(
                "select id, receiver, payload from desk_handover where desk = $1 order by id",
                r => new Handover(r.GetInt64(0), r.GetString(1), serializer.Deserialize<PromptsMoved>(r.GetFieldValue<byte[]>(2))!),
                desk),
            s.List("select id, client, data from desk_record where desk = $1", r => new ActedRecord(r.GetString(0), r.GetString(1), r.GetFieldValue<byte[]>(2)), desk),
            s.List("select client, position, moved_to from desk_client where desk = $1", r => (r.GetString(0), new ClientOnDesk(r.GetInt64(1), r.IsDBNull(2) ? null : r.GetString(2))), desk)
                .ToDictionary(c => c.Item1, c => c.Item2));
    });

    public Task<bool> Commit(DeskCommit commit) => database.Write(s =>
    {
        if (commit.OldVersion == 0)
        {
            if (s.Run("insert into desk values ($1, 1, $2, $3) on conflict do nothing", commit.Desk, commit.Seq, commit.Clients) == 0)
            {
                return false;
            }
        }
        else if (s.Run("update desk set version = version + 1, seq = $1, clients = $2 where id = $3 and version = $4", commit.Seq, commit.Clients, commit.Desk, commit.OldVersion) == 0)
        {
            return false;
        }

        foreach (var prompt in commit.Prompts)
        {
            // A prompt that left keeps a row here, so that whoever watches this desk is told once more; it is live elsewhere.
            var here = prompt.Desk == commit.Desk;
            s.Run(
                "insert into prompt values ($1, $2, $3, $4, $5, $6, $7) on conflict do update set seq = excluded.seq, state = excluded.state, "
                + "live = excluded.live, due_ms = excluded.due_ms, payload = excluded.payload",
                commit.Desk, prompt.Id, prompt.Seq, (int)prompt.State, here && prompt.IsLive ? 1 : 0, here ? prompt.DueMs : null, serializer.SerializeToArray(prompt));
        }

        foreach (var (source, cursor) in commit.Cursors)
        {
            s.Run(
                "insert into desk_cursor values ($1, $2, $3) on conflict do update set seq = excluded.seq",
                commit.Desk, source, cursor);
        }

        foreach (var (client, on) in commit.OnDesk)
        {
            s.Run(
                "insert into desk_client values ($1, $2, $3, $4) on conflict do update set position = excluded.position, moved_to = excluded.moved_to",
                commit.Desk, client, on.Position, on.To);
        }

        foreach (var handover in commit.Handovers)
        {
            s.Run("insert into desk_handover values ($1, $2, $3, $4)", commit.Desk, handover.Id, handover.To, serializer.SerializeToArray(handover.Moved));
        }

        foreach (var (id, answer) in commit.Actions)
        {
            s.Run("insert into desk_action values ($1, $2) on conflict do nothing", id, serializer.SerializeToArray(answer));
        }

        foreach (var record in commit.Records)
        {
            s.Run("insert into desk_record values ($1, $2, $3, $4)", record.ActionId, commit.Desk, record.Client, record.Data);
        }

        return true;
    });

    public Task Delivered(string desk, long handover) => database.Write(s => s.Run("delete from desk_handover where desk = $1 and id = $2", desk, handover));

    public Task Appended(string actionId) => database.Write(s => s.Run("delete from desk_record where id = $1", actionId));

    public Task<Prompt?> ReadPrompt(string desk, string prompt) => database.Read(s =>
        s.First<Prompt?>("select payload from prompt where desk = $1 and id = $2", r => Prompt(r.GetFieldValue<byte[]>(0)), desk, prompt));

    public Task<IReadOnlyList<Prompt>> ReadChanges(string desk, long afterSeq, int limit) => database.Read<IReadOnlyList<Prompt>>(s =>
        s.List("select payload from prompt where desk = $1 and seq > $2 order by seq limit $3", r => Prompt(r.GetFieldValue<byte[]>(0)), desk, afterSeq, limit));

    public Task<IReadOnlyList<Prompt>> ReadPrompts(string desk, PromptState? state) => database.Read<IReadOnlyList<Prompt>>(s =>
    {
        var prompts = state is { } exact
            ? s.List("select payload from prompt where desk = $1 and state = $2", r => Prompt(r.GetFieldValue<byte[]>(0)), desk, (int)exact)
            : s.List("select payload from prompt where desk = $1 and live = 1", r => Prompt(r.GetFieldValue<byte[]>(0)), desk);
        prompts.RemoveAll(p => p.Desk != desk);
        prompts.Sort(Domain.Desks.Prompt.ByRank);
        return prompts;
    });

    public Task<ActAnswer?> ReadAction(string actionId) => database.Read(s =>
        s.First<ActAnswer?>("select answer from desk_action where id = $1", r => serializer.Deserialize<ActAnswer>(r.GetFieldValue<byte[]>(0)), actionId));

    public Task<IReadOnlyList<string>> ReadDue(long nowMs) => database.Read<IReadOnlyList<string>>(s =>
        s.List("select distinct desk from prompt where due_ms is not null and due_ms <= $1", r => r.GetString(0), nowMs));

    public Task<IReadOnlyList<string>> ReadPending() => database.Read<IReadOnlyList<string>>(s =>
        s.List("select desk from desk_handover union select desk from desk_record", r => r.GetString(0)));

    private Prompt Prompt(byte[] payload) => serializer.Deserialize<Prompt>(payload)!;
}
