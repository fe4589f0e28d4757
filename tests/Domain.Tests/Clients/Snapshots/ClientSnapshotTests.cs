using CsCheck;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;
using Engagement.Domain.Language;

namespace Engagement.Domain.Tests.Clients.Snapshots;

/// <summary>A snapshot holds everything that a client's future depends on, and says which format it has.</summary>
public sealed class ClientSnapshotTests
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Clients", "Snapshots");

    [Fact]
    public void Client_ReadFromASnapshotAtAnyRecord_GoesOnAsIfNothingHadHappened() =>
        Gen.Select(RandomClient.Records, Gen.Int[0, 60]).Sample((records, cut) =>
        {
            var (one, other) = (RandomClient.New(), RandomClient.New());
            for (var i = 0; i < records.Count; i++)
            {
                if (i == cut)
                {
                    other = RandomClient.Again(other);
                }

                Same(one.Apply(records[i]), other.Apply(records[i]));
                // Time alone, too, up to the next record: what is due is asked of both.
                var until = i + 1 < records.Count ? records[i + 1].AtMs : records[i].AtMs + 86_400_000;
                for (var position = records[i].Position + 1; one.DueMs <= until; position++)
                {
                    var due = new LogRecord(position, RecordKind.Due, "c-1", "engagement", "d", LogRecord.DueType, one.DueMs, one.DueMs, [], null);
                    Same(one.Apply(due), other.Apply(due));
                }
            }

            Assert.Equal(ClientSnapshot.Write(one.State), ClientSnapshot.Write(other.State));
        }, iter: 1_000);

    [Fact]
    public void Written_OfTheSameState_IsTheSameBytes() => RandomClient.Records.Sample(records =>
    {
        var engine = RandomClient.New();
        records.ForEach(r => engine.Apply(r));
        var bytes = ClientSnapshot.Write(engine.State);
        Assert.Equal(bytes, ClientSnapshot.Write(ClientSnapshot.Read(bytes)));
    });

    /// <summary>Of each released format one snapshot is stored; none of these files ever changes or goes.</summary>
    [Theory]
    [InlineData(1)]
    public void Fixture_OfEachReleasedFormat_ReadsAsTheSameClient(int format)
    {
        var stored = Convert.FromBase64String(File.ReadAllText(Path.Combine(Fixtures, $"format-{format}.txt")));
        Assert.Equal(format, stored[0]);
        var state = ClientSnapshot.Read(stored);
        Assert.Equal(Convert.ToBase64String(ClientSnapshot.Write(Full())), Convert.ToBase64String(ClientSnapshot.Write(state)));
        // Some of it in words, so that writer and reader cannot be wrong together.
        Assert.Equal(("c-1", 4_711, 4_700, 42, "o-7", "referral", "dispute"), (state.Id, state.Position, state.LastRecord, state.Events, state.Outlet, state.Channel, state.Status));
        Assert.Equal((12_345_678_90, 3, 20_000), (state.Assets.TotalFen, state.Risk, state.RiskValidUntilDay));
        Assert.Equal(["新", "vip"], state.Tags);
        Assert.Equal([KeyValuePair.Create("600519", -12_345L)], state.Holdings.Quantities);
        Assert.Equal(("advisor:a-1", "a-1", true), (state.Assignment.Desk, state.Assignment.Advisor, state.Assignment.GrantIsMove));
        Assert.Equal((2, 30_000, 20_001), (state.Metrics[0].Count, state.Metrics[0].Sum, state.Metrics[0].Max));
        Assert.Equal(12.34m, Assert.Single(state.Contacts.Waiting).Value);
        Assert.Equal(new("p-1", "phone", 2, 1_772_500_000_000, true), Assert.Single(state.Contacts.Prompts));
    }

    [Fact]
    public void Read_OfALaterFormatOrOfNoSnapshot_SaysSo()
    {
        var bytes = ClientSnapshot.Write(Full());
        Assert.Throws<InvalidDataException>(() => ClientSnapshot.Read([99, .. bytes.Skip(1)]));
        Assert.Throws<InvalidDataException>(() => ClientSnapshot.Read(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Throws<InvalidDataException>(() => ClientSnapshot.Read([.. bytes, 0]));
        Assert.Throws<InvalidDataException>(() => ClientSnapshot.Read([]));
    }

    private static ClientState Full()
    {
        const long at = 1_772_416_800_000;
        var state = new ClientState
        {
            Id = "c-1", Position = 4_711, LastRecord = 4_700, Events = 42, AtMs = at, OpenedMs = at - 90_000_000_000, CatalogueVersion = 7, OrganisationVersion = 3,
            Opened = true, AutomationRefused = true, Outlet = "o-7", Channel = "referral", Status = "dispute", Risk = 3, RiskValidUntilDay = 20_000,
            Tags = ["新", "vip"], Consents = ["app", "phone"],
            Metrics = [new() { Id = "trades", Fingerprint = "built-in" }, new() { Id = "mine", Fingerprint = "f" }, new() { Id = "fees", Fingerprint = "built-in" }],
        };
        state.Assets.OnValued(12_345_678_00, at - 5_000);
        state.Assets.OnMoved(90, at - 1_000);
        state.Holdings.OnValued([KeyValuePair.Create("x-1", 5L)], at - 5_000);
        state.Holdings.OnTraded("600519", -12_345, at - 500);
        state.Holdings.OnTraded("x-1", -5, at - 400);
        state.Metrics[0].Add(at - 3_000_000, at, 9_999);
        state.Metrics[0].Add(at - 10, at, 20_001);
        state.Metrics[1].Add(at - 90_000_000, at, -7);
        state.Contracts.Add(new("k-1", "p", 5_000, at - 100, true));
        state.Memberships.Add(new("rich", at - 77));
        var assignment = state.Assignment;
        (assignment.Desk, assignment.Advisor, assignment.Branch, assignment.AskedOutlet) = ("advisor:a-1", "a-1", "hn", "o-7");
        (assignment.AskedPosition, assignment.Placed, assignment.GrantIsMove, assignment.RetryMs, assignment.ReportedFen) = (4_000, true, true, at + 5, 99);
        assignment.MovesMs.AddRange([at - 9, at - 8]);
        state.Contacts.LastRaisedMs.Add("wake", at - 6);
        state.Contacts.OnRaised(at);
        state.Contacts.Waiting.Add(new(new("d-1", "c-1", "wake", "every", at, "quiet", null, [new Reason("client.assets", "1.0")]), at + 50, 70, 12.34m, new("您好", "Hello")));
        state.Contacts.Prompts.Add(new("p-1", "phone", 2, 1_772_500_000_000, true));
        return state;
    }

    private static void Same(ClientEffects expected, ClientEffects actual)
    {
        Assert.Equal(Text(expected), Text(actual));
        static string Text(ClientEffects e) => string.Join('\n', [
            $"{e.Position} {e.DueMs} {e.AsksMs} {e.Place}",
            .. e.Memberships.Select(m => m.ToString()),
            .. e.Decisions.Select(d => d with { Because = [] } + string.Join(',', d.Because)),
            .. e.Messages.Select(m => m is PromptRaised raised ? Text2(raised.Prompt) : m.ToString())]);
        static string Text2(Prompt p) => p with { Because = [] } + string.Join(',', p.Because);
    }
}
