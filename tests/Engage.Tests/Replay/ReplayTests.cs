using Engagement.Domain.Clients;

namespace Engagement.Engage.Tests.Replay;

/// <summary>A replay comes to what the engine stored, and names what somebody changed in it.</summary>
public sealed class ReplayTests
{
    private const int Seed = 20260302;

    [Fact]
    public async Task Run_OfEverythingThatALogCanHold_ReplaysWithoutADifference()
    {
        await using var engine = await RunningEngine.Start();
        await Story.Play(engine, Seed);
        // Beside the running engine, and when it is gone.
        var running = engine.Replay();
        Assert.Null(running.Difference);
        Assert.True(running.Clients >= Story.Clients, $"{running}");
        var one = engine.Replay(Story.Erased);
        Assert.Null(one.Difference);
        Assert.Equal(1, one.Clients);
        await engine.Stop();
        Assert.Equal((null, running.Clients, running.Records), (engine.Replay().Difference, engine.Replay().Clients, engine.Replay().Records));
        Assert.Equal(0, engine.Replay("c-unknown").Clients);

        foreach (var (sql, what) in Tampering)
        {
            Named(engine.Copy(), sql, what);
        }

        TamperSnapshot(engine.Copy());
    }

    /// <summary>Each takes one row, and the difference must speak of it.</summary>
    private static readonly (string Sql, string What)[] Tampering =
    [
        ("delete from member where (segment, client) in (select segment, client from member limit 1)", "membership"),
        ("update member set since_ms = since_ms + 1 where (segment, client) in (select segment, client from member order by client desc limit 1)", "membership"),
        ("insert into member values ('no-such', 'c-1', 5)", "membership no-such"),
        ("insert into member values ('rich', 'c-nobody', 5)", "rows in member"),
        ("update decision set outcome = 'cap' where cursor = (select max(cursor) from decision where outcome = 'raised' and client not in ('c-7', 'c-8'))", "outcome of decision"),
        ("update decision set because = '[]' where cursor = (select max(cursor) from decision where because <> '[]')", "because of decision"),
        ("update decision set prompt = 'd-0' where cursor = (select min(cursor) from decision where client not in ('c-7', 'c-8'))", "prompt of decision"),
        ("delete from decision where cursor = (select max(cursor) from decision)", "decision"),
        ("insert into decision (id, client, campaign, trigger, at_ms, outcome, because) values ('d-x', 'c-7', 'wake', 'every', 9999999999999, 'cap', '[]')", "the next decision"),
        ("update client_place set desk = 'hq' where client = 'c-2'", "place"),
        ("delete from client_place where client = 'c-3'", "place"),
        ("insert into client_place (client, outlet, desk) values ('c-nobody', 'hn-001', 'hq')", "clients with a place"),
        ("delete from due where client = (select client from due order by client limit 1)", "due time"),
        ("update due set due_ms = 9223372036854775000 where client = (select client from due order by client limit 1)", "due time"),
        ("update shard set last = last + 1 where id = 1", "the log's last record"),
        ("update log set type = 'x.other' where rowid = (select max(rowid) from log where type = 'trade.executed')", ""),
        ("update log set data = replace(data, '\"total\"', '\"totl\"') where rowid = (select max(rowid) from log where type = 'assets.valued')", "assets.valued"),
        ("update log set data = '{\"state\":\"AAAA\",\"sha256\":\"AAAA\"}' where kind = 7 and client = 'c-7'", "what he begins with"),
        ("update OrleansStorage set PayloadBinary = null where GrainIdExtensionString = 'organisation'", ""),
        ("delete from log where rowid = (select max(rowid) from log where client = 'c-4')", "the log"),
    ];

    private static void Named(ReplayedFile file, string sql, string what)
    {
        Assert.True(file.Run(sql) == 1, $"It is to change one row: {sql}");
        var difference = file.Replay().Difference;
        Assert.True(difference is not null, $"Not seen: {sql}");
        Assert.True(difference.What.Contains(what, StringComparison.Ordinal), $"{sql}: {difference}");
        Assert.NotEqual(difference.Expected, difference.Found);
    }

    /// <summary>A snapshot that was changed is named by the field; bytes that are none, and one that stands where he never was, are named, too.</summary>
    private static void TamperSnapshot(ReplayedFile file)
    {
        const string change = "update client set state = $1, position = $2 where id = $3";
        var state = ClientSnapshot.Read(file.Read<byte[]>("select state from client where id = 'c-1'"));
        var (client, position, stored) = (state.Id, state.Position, ClientSnapshot.Write(state));
        state.Tags.Add("tampered");
        Assert.Equal(1, file.Run(change, ClientSnapshot.Write(state), position, client));
        Assert.Contains("tags", file.Replay(client).Difference!.What, StringComparison.Ordinal);
        Assert.Equal(1, file.Run(change, new byte[] { 9, 9 }, position, client));
        Assert.Equal("the snapshot", file.Replay(client).Difference!.What);
        Assert.Equal(1, file.Run(change, stored, position + 1_000, client));
        Assert.Equal("the snapshot", file.Replay(client).Difference!.What);
        Assert.Equal(1, file.Run(change, stored, position, client));
        Assert.Null(file.Replay(client).Difference);
    }
}
