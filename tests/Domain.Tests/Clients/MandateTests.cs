using System.Globalization;
using CsCheck;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Clients;

public sealed class MandateTests
{
    private const string Tail = "{ id: m1, scope: tail, channels: [desk], from: 2026-03-10, until: 2026-03-20 }";
    private const string Overflow = "{ id: m2, scope: overflow, channels: [desk], from: 2026-03-10, until: 2026-03-20 }";
    private const string TailNow = "{ id: m3, scope: tail, channels: [desk], until: 2027-12-31 }";
    private const string OverflowNow = "{ id: m4, scope: overflow, channels: [desk], until: 2026-12-31 }";

    private static readonly long[] Yuan = [0, 10_000, 100_000, 480_000, 600_000];

    [Fact]
    public void Tail_MandateStartsAndEnds_MovesAtMidnightWithoutCounting()
    {
        var client = Opened(Tail);

        Assert.Equal("outlet:o", Desk(client));
        Assert.Equal(Ms("2026-03-10T00:00:00+08:00"), client.Engine.DueMs);

        var came = client.Due("2026-03-10T00:00:00+08:00");
        Assert.Equal("hq", came.Place?.Desk);
        Assert.Equal(MandateScope.Tail, State(client).HqFor);
        Assert.Equal(Ms("2026-03-21T00:00:00+08:00"), came.DueMs);

        Assert.Equal("outlet:o", client.Due("2026-03-21T00:00:00+08:00").Place?.Desk);
        Assert.Equal(long.MaxValue, client.Engine.DueMs);
        Assert.Empty(State(client).MovesMs);
    }

    [Fact]
    public void Prompt_SuitabilityEndsAtTheMidnightOfAMandate_IsWithdrawnWhereItIs()
    {
        var client = new OneClient();
        client.PublishOrganisation("2026-03-01T08:00:00+08:00", $$"""branches: [ { id: hn, mandates: [ {{Tail}} ], outlets: [ { id: o } ] } ]""");
        client.PublishCatalogue("2026-03-01T08:00:00+08:00", """
            campaigns:
            - { id: hello, trigger: { event: x.hello }, offer: { kind: call, risk: 3 }, message: { zh: a, en: a }, desks: [outlet, hq], channel: phone, expires: 48h }
            """);
        client.On("2026-03-09T09:00:00+08:00", "account.opened", """{"outlet":"o","channel":"online","risk":3,"riskValidUntil":"2026-03-09","consents":["phone"]}""");
        Assert.Equal("raised", Assert.Single(client.On("2026-03-09T10:00:00+08:00", "x.hello", "{}").Decisions).Outcome);

        var due = client.Due("2026-03-10T00:00:00+08:00");

        Assert.Equal("hq", due.Place?.Desk);
        Assert.Equal("outlet:o", Assert.Single(due.Messages.OfType<PromptWithdrawn>()).Desk);
        Assert.IsType<PromptWithdrawn>(due.Messages[0]);
    }

    [Fact]
    public void Tail_SecondMandateGoesOn_NobodyIsWokenAtTheEndOfTheFirst()
    {
        var client = Opened("{ id: a, scope: tail, channels: [desk], until: 2026-03-05 }, { id: b, scope: tail, channels: [desk], from: 2026-03-03, until: 2026-03-20 }");

        Assert.Equal("hq", Desk(client));
        Assert.Equal(Ms("2026-03-21T00:00:00+08:00"), client.Engine.DueMs);
    }

    [Fact]
    public void Tail_AssetsToAndFro_CountAndAreRefusedTheThirdTime()
    {
        var client = Opened(TailNow);
        Assert.Equal("hq", Desk(client));

        Assets(client, "2026-03-02T10:00:00+08:00", 100_000);
        Assets(client, "2026-03-03T10:00:00+08:00", 10_000);
        Assert.Equal("hq", Desk(client));
        Assets(client, "2026-03-04T10:00:00+08:00", 100_000);

        Assert.Equal("hq", Desk(client));
        Assert.Equal(Ms("2026-05-31T10:00:00+08:00"), client.Engine.DueMs);
        Assert.Equal("outlet:o", client.Due("2026-05-31T10:00:00+08:00").Place?.Desk);
    }

    [Fact]
    public void Tail_HeldByTheLimit_GoesAtOnceWhenTheMandateEnds()
    {
        var client = Opened("{ id: m, scope: tail, channels: [desk], until: 2026-03-20 }");
        Assets(client, "2026-03-02T10:00:00+08:00", 100_000);
        Assets(client, "2026-03-03T10:00:00+08:00", 10_000);
        Assets(client, "2026-03-04T10:00:00+08:00", 100_000);
        Assert.Equal("hq", Desk(client));

        Assert.Equal(Ms("2026-03-21T00:00:00+08:00"), client.Engine.DueMs);
        Assert.Equal("outlet:o", client.Due("2026-03-21T00:00:00+08:00").Place?.Desk);
        Assert.Equal(2, State(client).MovesMs.Count);
    }

    [Fact]
    public void Overflow_NoRoom_WaitsAtHeadquartersAndThenGetsThePlace()
    {
        var client = Opened(OverflowNow);
        var asked = Asked(Assets(client, "2026-03-02T10:00:00+08:00", 600_000));
        Assert.Equal("outlet:o", Desk(client));

        var full = client.Full("2026-03-02T10:00:01+08:00", "hn", asked);
        Assert.Equal(("hq", MandateScope.Overflow), (full.Place?.Desk, State(client).HqFor));
        Assert.DoesNotContain(full.Messages, m => m is PlaceMessage);

        Assert.Equal("advisor:a-1", client.Granted("2026-03-05T10:00:00+08:00", "a-1", "hn", asked).Place?.Desk);
        Assert.Equal(2, State(client).MovesMs.Count);
        Assert.Null(State(client).HqFor);
    }

    [Fact]
    public void Overflow_FirstDesk_IsNoMoveAndThePlaceIsOne()
    {
        var client = new OneClient();
        Publish(client, OverflowNow);
        client.On("2026-03-01T09:00:00+08:00", "assets.valued", """{"total":600000}""");
        var asked = Asked(client.On("2026-03-01T10:00:00+08:00", "account.opened", """{"outlet":"o","channel":"online"}"""));
        client.Full("2026-03-01T10:00:01+08:00", "hn", asked);

        Assert.Equal("hq", Desk(client));
        Assert.Empty(State(client).MovesMs);
        client.Granted("2026-03-05T10:00:00+08:00", "a-1", "hn", asked);
        Assert.Single(State(client).MovesMs);
    }

    [Fact]
    public void Overflow_NoMoveLeft_StaysThereAndDoesNotWaitUntilHeMay()
    {
        var client = Opened(TailNow + ", " + OverflowNow);
        Assets(client, "2026-03-02T10:00:00+08:00", 100_000);
        var asked = Asked(Assets(client, "2026-03-03T10:00:00+08:00", 600_000));

        var full = client.Full("2026-03-03T10:00:01+08:00", "hn", asked);
        Assert.Equal("hq", Desk(client));
        Assert.Contains(full.Messages, m => m is PlaceReleased);
        Assert.Equal(Ms("2026-05-31T10:00:00+08:00"), full.AsksMs);

        var again = client.Due("2026-05-31T10:00:00+08:00");
        Assert.Contains(again.Messages, m => m is PlaceAsked);
        Assert.Equal("hq", Desk(client));
        Assert.Equal("advisor:a-1", client.Granted("2026-05-31T10:00:01+08:00", "a-1", "hn", Asked(again)).Place?.Desk);
    }

    [Fact]
    public void Overflow_MandateStartsWhileHeWaits_MovesAndEndsWithTheMandate()
    {
        var client = Opened(Overflow);
        var asked = Asked(Assets(client, "2026-03-02T10:00:00+08:00", 600_000));
        client.Full("2026-03-02T10:00:01+08:00", "hn", asked);
        Assert.Equal("outlet:o", Desk(client));

        Assert.Equal("hq", client.Due("2026-03-10T00:00:00+08:00").Place?.Desk);
        Assert.Equal("outlet:o", client.Due("2026-03-21T00:00:00+08:00").Place?.Desk);
        Assert.Empty(State(client).MovesMs);
        Assert.Equal(asked, State(client).AskedPosition);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(OverflowNow, 1)]
    public void Overflow_MandatePublishedWhileHeWaits_IsNoMoveOfHis(string before, int moves)
    {
        var client = Opened(before);
        var asked = Asked(Assets(client, "2026-03-02T10:00:00+08:00", 600_000));
        Publish(client, OverflowNow, "2026-03-03T10:00:00+08:00");

        client.Full("2026-03-03T10:00:01+08:00", "hn", asked);

        Assert.Equal("hq", Desk(client));
        Assert.Equal(moves, State(client).MovesMs.Count);
    }

    [Fact]
    public void Interim_FromHeadquartersAndBack_IsNoMove()
    {
        var client = Opened(TailNow);
        Assert.Equal("outlet:o", Assets(client, "2026-03-02T10:00:00+08:00", 600_000).Place?.Desk);
        Assert.Equal("hq", Assets(client, "2026-03-03T10:00:00+08:00", 10_000).Place?.Desk);

        Assert.Empty(State(client).MovesMs);
    }

    [Fact]
    public void Publish_MandateAddedAndGone_MovesWithTheOrganisation()
    {
        var client = Opened("");
        Assert.Equal("outlet:o", Desk(client));

        Assert.Equal("hq", Publish(client, TailNow, "2026-03-03T10:00:00+08:00").Place?.Desk);
        Assert.Equal("outlet:o", Publish(client, "", "2026-03-04T10:00:00+08:00").Place?.Desk);
        Assert.Empty(State(client).MovesMs);
    }

    [Fact]
    public void AnyLife_WokenWhenDue_IsWhereHeWouldBeWokenEveryMidnightAndNeverMovesTooOften() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, Yuan.Length - 1], Gen.Int[1, 20]).List[1, 25].Sample(life =>
        {
            var (rare, often) = (Opened(Tail + ", " + Overflow), Opened(Tail + ", " + Overflow));
            List<long> moves = [];
            var now = Ms("2026-03-01T12:00:00+08:00");
            foreach (var (what, amount, days) in life)
            {
                var until = now + (days * Shanghai.DayMs);
                Wake(rare, until, moves);
                for (var day = Shanghai.Day(now) + 1; day <= Shanghai.Day(until); day++)
                {
                    // A refused move is tried again at its own instant, midnight or not.
                    Wake(often, Shanghai.StartMs(day) - 1, []);
                    often.Due(Rfc3339.Format(Shanghai.StartMs(day)));
                }

                Wake(often, until, []);
                now = until;
                Step(rare, what, Yuan[amount], Rfc3339.Format(now), moves);
                Step(often, what, Yuan[amount], Rfc3339.Format(now), []);

                Assert.Equal(Desk(rare), Desk(often));
                Assert.Equal(State(rare).MovesMs, State(often).MovesMs);
                Assert.Equivalent(State(rare), ClientSnapshot.Read(ClientSnapshot.Write(rare.Engine.State)).Assignment, strict: true);
                Assert.Equal(Desk(rare) == "hq", State(rare).HqFor is not null);
                Assert.True(State(rare).HqFor is not { } scope || Assignment.Covers(rare.Organisation(1), "o", scope, Shanghai.Day(now)));
            }

            for (var i = 2; i < moves.Count; i++)
            {
                Assert.True(moves[i] - moves[i - 2] >= 90 * Shanghai.DayMs);
            }
        });

    private static void Wake(OneClient client, long untilMs, List<long> moves)
    {
        while (client.Engine.DueMs <= untilMs)
        {
            client.Due(Rfc3339.Format(client.Engine.DueMs));
            Note(client, moves);
        }
    }

    private static void Step(OneClient client, int what, long yuan, string at, List<long> moves)
    {
        var asked = State(client).AskedPosition;
        if (what == 0 && asked != 0)
        {
            client.Granted(at, "a-1", "hn", asked);
        }
        else if (what == 1 && asked != 0)
        {
            client.Full(at, "hn", asked);
        }
        else
        {
            Assets(client, at, yuan);
        }

        Note(client, moves);
    }

    private static void Note(OneClient client, List<long> moves)
    {
        var counted = State(client).MovesMs;
        if (counted.Count > 0 && (moves.Count == 0 || moves[^1] != counted[^1]))
        {
            moves.Add(counted[^1]);
        }
    }

    private static OneClient Opened(string mandates)
    {
        var client = new OneClient();
        Publish(client, mandates);
        client.On("2026-03-01T10:00:00+08:00", "account.opened", """{"outlet":"o","channel":"online"}""");
        return client;
    }

    private static ClientEffects Publish(OneClient client, string mandates, string at = "2026-03-01T08:00:00+08:00") => client.PublishOrganisation(at, $"""
        branches:
        - id: hn
          mandates: [ {mandates} ]
          outlets:
          - id: o
            advisors: [ {"{ id: a-1, name: 张三 }"} ]
        defaults: {"{ advisorFrom: 500000, intensiveBelow: 50000, capacity: 300 }"}
        """);

    private static ClientEffects Assets(OneClient client, string at, long yuan) =>
        client.On(at, "assets.valued", string.Create(CultureInfo.InvariantCulture, $$"""{"total":{{yuan}}}"""));

    private static long Asked(ClientEffects effects) => Assert.Single(effects.Messages.OfType<PlaceAsked>()).Asked;

    private static AssignmentState State(OneClient client) => client.Engine.State.Assignment;

    private static string Desk(OneClient client) => State(client).Desk;

    private static long Ms(string at) => Rfc3339.TryParse(at, out var ms) ? ms : throw new ArgumentException(at);
}
