using System.Collections.Immutable;
using System.Text;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Storage.Tests;

/// <summary>Small rows, so that a test names only what it is about.</summary>
internal static class Sample
{
    public static LogRecord Event(long position, string client, PersonalFields? personal = null, string data = "{}", long previous = 0) =>
        new(position, RecordKind.Event, client, "feed", $"e-{position}", "app.active", position * 10, position * 10 + 1, Encoding.UTF8.GetBytes(data), personal) { Previous = previous };

    public static LogRecord Erased(long position, string client, long previous = 0) =>
        new(position, RecordKind.Erased, client, "engagement", LogRecord.ErasedType, LogRecord.ErasedType, 5, 5, Anchor.Write([1]), null) { Previous = previous };

    public static LogRecord Control(long position) =>
        new(position, RecordKind.Catalogue, "", "engagement", "v1", LogRecord.CatalogueType, 5, 5, "{\"version\":1}"u8.ToArray(), null);

    /// <summary>The head's next commit, with nothing in it.</summary>
    public static ShardCommit Next(ShardHead head, params LogRecord[] records) => new()
    {
        Shard = head.Shard,
        Epoch = head.Epoch,
        OldLast = head.Last,
        NewLast = head.Last + records.Length,
        OutboxSeq = head.OutboxSeq,
        NowMs = head.NowMs,
        RolledPosition = head.RolledPosition,
        RolledTo = head.RolledTo,
        Checkpoint = head.Checkpoint,
        Records = records,
        Effects = [],
        Outbox = [],
        Snapshots = [],
        Dues = [],
        Delivered = [],
    };

    public static ClientEffects Effects(string client) => new(client, 1, [], [], [], long.MaxValue, 0, null);

    public static Decision Decision(string id, string client, string outcome, string? prompt = null) =>
        new(id, client, "wake", "segment:dormant:enter", 77, outcome, prompt, [new Reason("client.assets", "120000.0")]);

    public static Prompt Prompt(string id, string desk, long seq, PromptState state = PromptState.Open, int priority = 50, long expiresMs = 5_000) => new(
        id, seq, "wake", new Localized("唤醒", "Wake"), "c-1", desk, priority, 12.5m, new Localized("您好", "Hello"),
        ImmutableArray.Create(new Reason("client.assets", "1.0")), 1_000, expiresMs, state, null, null, null, null);

    public static DeskCommit Desk(StoredDesk now, string desk) => new() { Desk = desk, OldVersion = now.Version, Seq = now.Seq + 1, Clients = now.Clients };
}
