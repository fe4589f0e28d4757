using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain.Desks;
using Npgsql;
using Orleans.Serialization;

namespace Engagement.Storage.Postgres;

/// <inheritdoc cref="IDeskStore"/>
public sealed class PostgresDeskStore(PostgresDatabase database, Serializer serializer) : IDeskStore
{
    public Task<StoredDesk> Read(string desk) => database.Read<StoredDesk>(b =>
    {
        var heads = b.List("select version, seq, clients from desk where id = $1", r => (Version: r.GetInt64(0), Seq: r.GetInt64(1), Clients: r.GetInt64(2)), desk);
        var live = b.List("select payload from prompt where desk = $1 and live", Prompt, desk);
        var cursors = b.List("select source, seq from desk_cursor where desk = $1", r => (r.GetString(0), r.GetInt64(1)), desk);
        var handovers = b.List(
            "select id, receiver, payload from desk_handover where desk = $1 order by id",
            r => new Handover(r.GetInt64(0), r.GetString(1), serializer.Deserialize<PromptsMoved>(r.GetFieldValue<byte[]>(2))!),
            desk);
        var records = b.List("select id, client, data from desk_record where desk = $1", r => new ActedRecord(r.GetString(0), r.GetString(1), r.GetFieldValue<byte[]>(2)), desk);
        var on = b.List(
            "select client, position, moved_to from desk_client where desk = $1",
            r => (r.GetString(0), new ClientOnDesk(r.GetInt64(1), r.IsDBNull(2) ? null : r.GetString(2))),
            desk);
        return () => new StoredDesk(
            heads.FirstOrDefault().Version, heads.FirstOrDefault().Seq, heads.FirstOrDefault().Clients, live,
            cursors.ToDictionary(c => c.Item1, c => c.Item2), handovers, records, on.ToDictionary(c => c.Item1, c => c.Item2));
    });

    public Task<bool> Commit(DeskCommit commit) => database.Write("desk:" + commit.Desk, commit.Prompts.Count + 1, new DeskWrite(
        commit,
        [.. commit.Prompts.Select(p => serializer.SerializeToArray(p))],
        [.. commit.Handovers.Select(h => serializer.SerializeToArray(h.Moved))],
        [.. commit.Actions.Select(a => serializer.SerializeToArray(a.Answer))]));

    public Task Delivered(string desk, long handover) => database.Write(null, 1, new DeskDelivered(desk, handover));

    public Task Appended(string actionId) => database.Write(null, 1, new DeskAppended(actionId));

    public Task<Prompt?> ReadPrompt(string desk, string prompt) => database.Read<Prompt?>(b =>
    {
        var found = b.List("select payload from prompt where desk = $1 and id = $2", Prompt, desk, prompt);
        return () => found.FirstOrDefault();
    });

    public Task<IReadOnlyList<Prompt>> ReadChanges(string desk, long afterSeq, int limit) => database.Read<IReadOnlyList<Prompt>>(b =>
    {
        var changed = b.List("select payload from prompt where desk = $1 and seq > $2 order by seq limit $3", Prompt, desk, afterSeq, limit);
        return () => changed;
    });

    public Task<IReadOnlyList<Prompt>> ReadPrompts(string desk, PromptState? state) => database.Read<IReadOnlyList<Prompt>>(b =>
    {
        var prompts = state is { } exact
            ? b.List("select payload from prompt where desk = $1 and state = $2", Prompt, desk, (short)exact)
            : b.List("select payload from prompt where desk = $1 and live", Prompt, desk);
        return () =>
        {
            prompts.RemoveAll(p => p.Desk != desk);
            prompts.Sort(Domain.Desks.Prompt.ByRank);
            return prompts;
        };
    });

    public Task<ActAnswer?> ReadAction(string actionId) => database.Read<ActAnswer?>(b =>
    {
        var answers = b.List("select answer from desk_action where id = $1", r => serializer.Deserialize<ActAnswer>(r.GetFieldValue<byte[]>(0)), actionId);
        return () => answers.FirstOrDefault();
    });

    public Task<IReadOnlyList<string>> ReadDue(long nowMs) => database.Read<IReadOnlyList<string>>(b =>
    {
        var desks = b.List("select distinct desk from prompt where due_ms is not null and due_ms <= $1", r => r.GetString(0), nowMs);
        return () => desks;
    });

    public Task<IReadOnlyList<string>> ReadPending() => database.Read<IReadOnlyList<string>>(b =>
    {
        var desks = b.List("select desk from desk_handover union select desk from desk_record", r => r.GetString(0));
        return () => desks;
    });

    private Prompt Prompt(NpgsqlDataReader r) => serializer.Deserialize<Prompt>(r.GetFieldValue<byte[]>(0))!;
}
