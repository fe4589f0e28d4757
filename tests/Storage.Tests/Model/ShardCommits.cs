using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;

namespace Engagement.Storage.Tests.Model;

/// <summary>Random commits of a shard: records with and without personal fields, the engine's own, erasures, and what may follow from them.</summary>
internal static class ShardCommits
{
    public static ShardCommit Next(ShardModel shard, QueryModel queries, Random random)
    {
        var head = shard.Head;
        List<LogRecord> records = [];
        for (var left = random.Next(6); left > 0; left--)
        {
            records.Add(Record(shard, records, random));
        }

        var clients = shard.Clients.Where(_ => random.Next(2) == 0).ToList();
        var messages = random.Next(3);
        return Sample.Next(head, [.. records]) with
        {
            NowMs = head.NowMs + random.Next(100),
            OutboxSeq = head.OutboxSeq + messages,
            RolledPosition = head.RolledPosition + random.Next(2),
            RolledTo = random.Next(2) == 0 ? null : $"s-{random.Next(9)}",
            Checkpoint = random.NextInt64(head.Last + 1),
            Effects = [.. clients.Select(c => Effects(c, head.Last, queries, random))],
            Outbox = [.. Enumerable.Range(1, messages).Select(i => new OutboxRow(head.OutboxSeq + i, Bytes(random)))],
            Snapshots = [.. clients.Where(_ => random.Next(3) == 0).Select(c => Snapshot(c, shard, records, random))],
            Dues = [.. clients.Where(_ => random.Next(2) == 0).Select(c => new DueRow(c, random.Next(4) == 0 ? long.MaxValue : random.Next(1_000), random.Next(1_000)))],
            Delivered = [.. shard.Waiting.Where(_ => random.Next(2) == 0)],
        };
    }

    private static LogRecord Record(ShardModel shard, List<LogRecord> before, Random random)
    {
        var position = shard.Head.Last + before.Count + 1;
        var client = shard.Clients[random.Next(shard.Clients.Count)];
        var record = random.Next(10) switch
        {
            0 => Sample.Control(position),
            1 => Sample.Erased(position, client),
            2 or 3 => Sample.Event(position, client, new($"名字{random.Next(100)}", random.Next(2) == 0 ? null : "13900000000", random.Next(2) == 0 ? null : new DateOnly(1980, 1, 1))),
            4 => Sample.Event(position, client) with { Kind = RecordKind.Due, Type = LogRecord.DueType, Data = [] },
            _ => Sample.Event(position, client, data: $$"""{"n":{{random.Next(1_000)}}}"""),
        };
        return record with { Previous = record.Client.Length == 0 ? 0 : before.FindLast(r => r.Client == client)?.Position ?? shard.LastOf(client) };
    }

    /// <summary>Of what the log holds with this commit; a client may have none of it.</summary>
    private static SnapshotRow Snapshot(string client, ShardModel shard, List<LogRecord> records, Random random)
    {
        var last = records.FindLast(r => r.Client == client)?.Position ?? shard.LastOf(client);
        return new(client, Math.Max(1, last), last, Bytes(random), Bytes(random));
    }

    private static ClientEffects Effects(string client, long at, QueryModel queries, Random random)
    {
        List<Decision> decisions = [];
        if (random.Next(2) == 0)
        {
            decisions.Add(Sample.Decision($"d-{client}-{at}", client, random.Next(2) == 0 ? Outcomes.Quiet : Outcomes.Cap));
        }

        if (queries.WaitingOf(client).FirstOrDefault() is { } waiting && random.Next(2) == 0)
        {
            decisions.Add(waiting with { Outcome = Outcomes.Raised, Prompt = waiting.Id, Because = [] });
        }

        return Sample.Effects(client) with
        {
            Memberships = [.. QueryModel.Segments.Where(_ => random.Next(3) == 0).Select(s => new MembershipChange(s, random.Next(3) > 0, at))],
            Decisions = [.. decisions.DistinctBy(d => d.Id)],
            Place = random.Next(3) == 0 ? new(Pick(QueryModel.Outlets, random), Pick(QueryModel.Desks, random)) : null,
        };
    }

    private static string Pick(string[] among, Random random) => among[random.Next(among.Length)];

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(1, 40)];
        random.NextBytes(bytes);
        return bytes;
    }
}
