using System.Text;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Clients;

/// <summary>What the record that erases personal fields does to a client.</summary>
public sealed class ErasureTests
{
    private const long Now = 1_772_416_800_000;

    private const string Yaml = """
        segments:
        - { id: senior, when: 'client.age >= 60 && client.age < 100' }
        - { id: of-unknown-age, when: 'client.age == 0' }
        - { id: rich, when: 'client.assets >= 100.0' }
        campaigns:
        - { id: farewell, trigger: {segment: senior, on: leave}, offer: {kind: call}, message: {zh: "{client.name}", en: "{client.name}"}, desks: [advisor, outlet, hq], expires: "48h" }
        """;

    private static readonly PersonalFields Senior = new("张三", "13912345678", new DateOnly(1950, 1, 1));

    [Fact]
    public void Erased_OfASenior_DropsTheFieldsAndWhatDependsOnThem()
    {
        var engine = Opened();
        var due = engine.Apply(Record(2, RecordKind.Event, "assets.valued", """{"total":500}""")).DueMs;
        Assert.Equal(["senior", "rich"], engine.State.Memberships.Select(m => m.Segment));
        Assert.InRange(engine.AgeAt(Now), 75, 77);

        var effects = engine.Apply(Record(3, RecordKind.Erased, LogRecord.ErasedType, "{}"));
        Assert.Equal(PersonalFields.None, engine.Personal);
        Assert.Equal(0, engine.AgeAt(Now));
        Assert.Equal([("senior", false), ("of-unknown-age", true)], effects.Memberships.Select(m => (m.Segment, m.Entered)));
        Assert.Equal("farewell", Assert.Single(effects.Decisions).Campaign);
        Assert.NotEqual(long.MaxValue, due);
        Assert.Equal(long.MaxValue, effects.DueMs);
        Assert.Equal(50_000, engine.State.Assets.TotalFen);
    }

    [Fact]
    public void Erased_AppliedToAStateWithoutTheFields_GivesTheSameEffects()
    {
        var engine = Opened();
        var erased = Record(2, RecordKind.Erased, LogRecord.ErasedType, "{}");
        var expected = engine.Apply(erased);

        // His state as the anchor has it: without the fields that it came about with.
        var replayed = new ClientEngine(Opened().State, PersonalFields.None, Documents.One);
        var effects = replayed.Apply(erased);
        Assert.Equal(expected.Memberships.AsEnumerable(), effects.Memberships.AsEnumerable());
        Assert.Equal(expected.Decisions.Select(d => (d.Id, d.Outcome)), effects.Decisions.Select(d => (d.Id, d.Outcome)));
        Assert.Equal(expected.DueMs, effects.DueMs);
        Assert.Equal(engine.State.Memberships, replayed.State.Memberships);
    }

    [Fact]
    public void Fields_SentAfterAnErasure_CountAgain()
    {
        var engine = Opened();
        engine.Apply(Record(2, RecordKind.Erased, LogRecord.ErasedType, "{}"));
        var effects = engine.Apply(Record(3, RecordKind.Event, "profile.changed", "{}", new("李四", null, new DateOnly(1955, 1, 1))));
        Assert.Equal(("李四", null), (engine.Personal.Name, engine.Personal.Phone));
        Assert.Contains(effects.Memberships, m => m is { Segment: "senior", Entered: true });
    }

    [Fact]
    public void Anchor_ChangedByAnybody_DoesNotRead()
    {
        byte[] state = [1, 2, 3, 4, 5, 6];
        var data = Anchor.Write(state);
        Assert.Equal(state, Anchor.Read(data));
        var changed = Encoding.UTF8.GetString(data).Replace(Convert.ToBase64String(state), Convert.ToBase64String([1, 2, 3, 4, 5, 7]), StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Anchor.Read(Encoding.UTF8.GetBytes(changed)));
    }

    private static ClientEngine Opened()
    {
        var engine = new ClientEngine(new() { Id = "c-1", CatalogueVersion = 1 }, PersonalFields.None, Documents.One);
        engine.Apply(Record(1, RecordKind.Event, "account.opened", """{"outlet":"hn-001","channel":"online"}""", Senior));
        return engine;
    }

    private static LogRecord Record(long position, RecordKind kind, string type, string data, PersonalFields? personal = null) =>
        new(position, kind, "c-1", "feed", $"e-{position}", type, Now, Now, Encoding.UTF8.GetBytes(data), personal);

    private sealed class Documents : IPublishedDocuments
    {
        public static readonly Documents One = new();

        private readonly Catalogue catalogue =
            CatalogueDocument.TryRead(Yaml, DocumentFormat.Yaml, 1, out var read, out var problems) ? read : throw new InvalidOperationException(string.Join('\n', problems));

        public Catalogue Catalogue(int version) => catalogue;

        public OrganisationTree Organisation(int version) => OrganisationTree.Empty;
    }
}
