using Engagement.Domain.Audit;

namespace Engagement.Domain.Tests.Audit;

/// <summary>What a chain finds of what somebody did to it.</summary>
public sealed class AuditCheckTests : IDisposable
{
    private const int Shard = 3;

    private readonly AuditKey key = AuditKey.New();
    private readonly AuditHead head;
    private readonly List<AuditRow> rows;

    public AuditCheckTests() => (head, rows) = AuditChain.Extend(Shard, 0, AuditChain.Genesis(Shard), Enumerable.Range(1, 6).Select(Entry), key);

    public void Dispose() => key.Dispose();

    [Fact]
    public void Chain_AsItWasWritten_HasNoFault()
    {
        Assert.Empty(Check(head, rows, head));
        Assert.Empty(AuditCheck.Check(Shard, AuditChain.Begin(Shard, key), [], key));
        // In two steps it is the same chain.
        var (half, first) = AuditChain.Extend(Shard, 0, AuditChain.Genesis(Shard), Enumerable.Range(1, 2).Select(Entry), key);
        var (end, rest) = AuditChain.Extend(Shard, half.Seq, half.Hash, Enumerable.Range(3, 4).Select(Entry), key);
        Assert.Equal(head.Hash, end.Hash);
        Assert.Empty(Check(head, [.. first, .. rest], half));
    }

    public static TheoryData<string> Fields() => [.. Changes.Keys];

    /// <summary>Each field of an entry, changed.</summary>
    private static readonly Dictionary<string, Func<AuditEntry, AuditEntry>> Changes = new()
    {
        ["at"] = e => e with { AtMs = e.AtMs + 1 },
        ["who"] = e => e with { Who = "b" },
        ["role"] = e => e with { Role = "auditor" },
        ["node"] = e => e with { Node = null },
        ["action"] = e => e with { Action = "client.events" },
        ["refused"] = e => e with { Refused = true },
        ["client"] = e => e with { Client = "c-9" },
        ["target"] = e => e with { Target = "" },
        ["detail"] = e => e with { Detail = "x" },
        ["branch"] = e => e with { Branch = "tj" },
        ["mandate"] = e => e with { Mandate = "m2" },
        // What leaves one field for the next one.
        ["border"] = e => e with { Who = e.Who + e.Role[..1], Role = e.Role[1..] },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void Field_ThatWasChanged_IsFoundAtItsRow(string field)
    {
        rows[2] = rows[2] with { Entry = Changes[field](rows[2].Entry) };
        Assert.Equal((3, "changed"), Only(Check(head, rows)));
    }

    [Fact]
    public void Row_OutOfTheMiddle_IsMissed()
    {
        rows.RemoveAt(2);
        Assert.Equal((3, "missing"), Only(Check(head, rows)));
    }

    [Fact]
    public void Rows_CutOff_AreMissed()
    {
        rows.RemoveRange(4, 2);
        Assert.Equal((5, "missing"), Only(Check(head, rows)));
    }

    [Fact]
    public void Row_PutInAtTheEnd_IsFound()
    {
        var (_, more) = AuditChain.Extend(Shard, head.Seq, head.Hash, [Entry(7)], key);
        Assert.Equal((7, "inserted"), Only(Check(head, [.. rows, .. more])));
    }

    [Fact]
    public void Row_PutInBetweenWithTheRestRenumbered_IsFound()
    {
        var (_, forged) = AuditChain.Extend(Shard, 0, AuditChain.Genesis(Shard), [.. rows[..3].Select(r => r.Entry), Entry(9), .. rows[3..].Select(r => r.Entry)], key);
        Assert.Equal((7, "inserted"), Only(Check(head, forged)));
        // Without the seventh nothing is beyond the end, and the end is another.
        Assert.Equal((6, "rewritten"), Only(Check(head, forged[..6])));
    }

    [Fact]
    public void Rows_InAnotherOrder_AreFound()
    {
        (rows[1], rows[2]) = (rows[1] with { Entry = rows[2].Entry }, rows[2] with { Entry = rows[1].Entry });
        Assert.Equal([(2L, "changed"), (3L, "changed")], Check(head, rows).Select(f => (f.Seq, f.Kind)));
    }

    [Fact]
    public void Chain_OfAnotherShard_DoesNotFit() => Assert.Contains(AuditCheck.Check(Shard + 1, head, rows, key), f => f is { Seq: 1, Kind: "changed" });

    [Fact]
    public void Chain_CutOffWithItsHeadSetBack_IsForged()
    {
        rows.RemoveRange(4, 2);
        Assert.Contains(Check(head with { Seq = 4, Hash = rows[3].Hash }, rows), f => f.Kind == "head forged");
    }

    [Fact]
    public void Chain_WrittenAnewUnderAnotherKey_IsForged()
    {
        using var thief = AuditKey.New();
        var (forged, all) = AuditChain.Extend(Shard, 0, AuditChain.Genesis(Shard), [Entry(1)], thief);
        Assert.Equal((0, "head forged"), Only(Check(forged, all)));
    }

    [Fact]
    public void Head_ThatIsGone_IsMissed() => Assert.Equal((0, "head missing"), Only(Check(null, rows)));

    /// <summary>The honest limit: an older state with its own signed end is as it was written. Only who kept a later end sees it.</summary>
    [Fact]
    public void Chain_PutBackToAnOlderEnd_IsFoundByWhoKeptTheHead()
    {
        var (older, first) = AuditChain.Extend(Shard, 0, AuditChain.Genesis(Shard), Enumerable.Range(1, 4).Select(Entry), key);
        Assert.Empty(Check(older, first));
        Assert.Equal((0, "rolled back"), Only(Check(older, first, head)));
    }

    [Fact]
    public void Chain_WrittenAnewWithTheStolenKey_IsFoundByWhoKeptTheHead()
    {
        var (forged, all) = AuditChain.Extend(Shard, 0, AuditChain.Genesis(Shard), Enumerable.Range(2, 8).Select(Entry), key);
        Assert.Empty(Check(forged, all));
        Assert.Equal((6, "rewritten"), Only(Check(forged, all, head)));
    }

    [Fact]
    public void Key_ReadBack_VerifiesAndItsPublicHalfCannotSign()
    {
        using var same = AuditKey.Read(key.PrivatePem());
        using var half = AuditKey.Read(key.PublicPem());
        Assert.True(AuditChain.IsSigned(AuditChain.Begin(1, same), half));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => half.Sign([1]));
        Assert.Throws<ArgumentException>(() => AuditKey.Read("nothing"));
    }

    [Fact]
    public void Key_ThatFollowsAnother_SignsFromThereOnAndWhatTheOtherSignedStillCounts()
    {
        using var next = AuditKey.New();
        using var both = AuditKey.Read(next.PrivatePem() + key.PublicPem());
        Assert.Empty(AuditCheck.Check(Shard, head, rows, both));
        Assert.True(AuditChain.IsSignedByFormer(head, both));

        var (end, more) = AuditChain.Extend(Shard, head.Seq, head.Hash, [Entry(7)], both);

        Assert.False(AuditChain.IsSignedByFormer(end, both));
        // The head that somebody kept is the former key's; who trusts the new one alone finds nothing wrong with the chain either.
        Assert.Empty(AuditCheck.Check(Shard, end, [.. rows, .. more], both, head));
        Assert.Empty(AuditCheck.Check(Shard, end, [.. rows, .. more], next));
        Assert.Equal((0, "head forged"), Only(Check(end, [.. rows, .. more])));
        using var halves = AuditKey.Read(both.PublicPem());
        Assert.True(AuditChain.IsSigned(head, halves) && AuditChain.IsSigned(end, halves) && AuditChain.IsSignedByFormer(head, halves));
        Assert.NotEqual(key.Fingerprint, both.Fingerprint);
        Assert.Equal(next.Fingerprint, halves.Fingerprint);
    }

    private List<AuditFault> Check(AuditHead? end, IEnumerable<AuditRow> all, AuditHead? known = null) => [.. AuditCheck.Check(Shard, end, all, key, known)];

    private static (long Seq, string Kind) Only(IEnumerable<AuditFault> faults)
    {
        var fault = Assert.Single(faults);
        Assert.Equal(Shard, fault.Shard);
        return (fault.Seq, fault.Kind);
    }

    private static AuditEntry Entry(int n) => new(1_000 + n, "a", "advisor", "branch:hn", "client.read", false, $"c-{n}", null, null, "hn", "m1");
}
