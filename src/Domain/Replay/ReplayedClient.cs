using System.Collections.Immutable;
using System.Text.Json;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Replay;

/// <summary>One client made anew from his log. Pure: what is stored of him is passed in where it is to be compared.</summary>
public sealed class ReplayedClient
{
    /// <summary>The year 9999.</summary>
    private const long InstantMax = 253_402_300_800_000;

    private readonly ClientEngine engine;

    private ReplayedClient(int shard, ClientEngine engine) => (Shard, this.engine) = (shard, engine);

    public int Shard { get; }

    public ClientState State => engine.State;

    /// <summary>When time alone changes something next, as of the last record.</summary>
    public long DueMs { get; private set; } = long.MaxValue;

    public long AsksMs { get; private set; } = long.MaxValue;

    /// <summary>Born under the documents that were published before his first record.</summary>
    public static ReplayedClient Born(int shard, string id, int catalogue, int organisation, IPublishedDocuments documents) =>
        new(shard, new(new() { Id = id, CatalogueVersion = catalogue, OrganisationVersion = organisation }, PersonalFields.None, documents));

    /// <summary>From an anchor: the one in the record that erased his personal fields, which itself is still to be applied, or one that was kept of him.</summary>
    public static ReplayedClient From(int shard, ClientState anchor, PersonalFields personal, IPublishedDocuments documents) => new(shard, new(anchor, personal, documents));

    public ClientEffects Apply(LogRecord record)
    {
        var effects = engine.Apply(record);
        (DueMs, AsksMs) = (effects.DueMs, effects.AsksMs);
        return effects;
    }

    public Difference? CompareMemberships(IReadOnlyCollection<Membership> stored)
    {
        var found = stored.ToDictionary(m => m.Segment, m => m.SinceMs);
        foreach (var membership in State.Memberships)
        {
            if (!found.Remove(membership.Segment, out var since) || since != membership.SinceMs)
            {
                return Differs($"membership {membership.Segment}", Since(membership.SinceMs), since == 0 ? Difference.None : Since(since));
            }
        }

        return found.Count > 0 ? Differs($"membership {found.First().Key}", Difference.None, Since(found.First().Value)) : null;
    }

    /// <summary>A due time may be stored that is earlier than needed, never one that is later.</summary>
    /// <param name="dueMs"><see cref="long.MaxValue"/>: none.</param>
    /// <param name="asksMs">The same.</param>
    public Difference? CompareDue(long dueMs, long asksMs) =>
        dueMs > DueMs ? Differs("due time", $"at the latest {At(DueMs)}", At(dueMs))
        : asksMs > AsksMs ? Differs("due time for asking for a place", $"at the latest {At(AsksMs)}", At(asksMs))
        : null;

    public Difference? ComparePlace(ClientPlaceChange? stored)
    {
        // Rows that are older than the scope in them have none.
        var expected = new ClientPlaceChange(State.Outlet, State.Assignment.Desk) { HqFor = stored is { HqFor: null } ? null : State.Assignment.HqFor };
        return stored == expected ? null : Differs("place", Text(expected), stored is null ? Difference.None : Text(stored));

        static string Text(ClientPlaceChange place) => $"outlet {place.Outlet} and desk {place.Desk}{(place.HqFor is { } scope ? " for " + scope : "")}";
    }

    /// <param name="expected">As made here, or null where none was made.</param>
    /// <param name="stored">The one that stands in its place, or null.</param>
    /// <param name="because">What decided that one, as JSON: it is read only where it is not as written here.</param>
    /// <param name="final">False while it waits: its outcome, prompt and reasons may still change.</param>
    public Difference? CompareDecision(Decision? expected, Decision? stored, string? because, bool final)
    {
        if (expected is null ? stored is null : IsAs(expected, stored, because, final))
        {
            return null;
        }

        if (expected?.Id != stored?.Id)
        {
            return Differs("the next decision", Text(expected), Text(stored));
        }

        (string Name, string? Expected, string? Found)[] fields =
        [
            ("client", expected?.Client, stored?.Client),
            ("campaign", expected?.Campaign, stored?.Campaign),
            ("trigger", expected?.Trigger, stored?.Trigger),
            ("at", expected is null ? null : At(expected.AtMs), stored is null ? null : At(stored.AtMs)),
            ("outcome", final ? expected?.Outcome : null, final ? stored?.Outcome : null),
            ("prompt", final ? expected?.Prompt : null, final ? stored?.Prompt : null),
            ("because", final && expected is not null ? Because(expected.Because) : null, final && because is not null ? Because(JsonSerializer.Deserialize<ImmutableArray<Reason>>(because)) : null),
        ];
        var wrong = Array.FindIndex(fields, f => f.Expected != f.Found);
        return wrong < 0 ? null : Differs($"{fields[wrong].Name} of decision {expected!.Id}", fields[wrong].Expected ?? Difference.None, fields[wrong].Found ?? Difference.None);
    }

    public Difference Differs(string what, string expected, string found) => new(Shard, State.Id, State.Position, what, expected, found);

    private static string Text(Decision? decision) =>
        decision is null ? Difference.None : $"{decision.Id} of campaign {decision.Campaign} ({decision.Outcome}, {At(decision.AtMs)})";

    private static bool IsAs(Decision expected, Decision? stored, string? because, bool final) =>
        stored is not null && expected.Id == stored.Id && expected.Client == stored.Client && expected.Campaign == stored.Campaign && expected.Trigger == stored.Trigger
        && expected.AtMs == stored.AtMs && (!final || (expected.Outcome == stored.Outcome && expected.Prompt == stored.Prompt && Because(expected.Because) == because));

    private static string Because(ImmutableArray<Reason> because) => JsonSerializer.Serialize(because);

    private static string Since(long ms) => "since " + At(ms);

    /// <summary>What is stored may be no instant at all.</summary>
    private static string At(long ms) => ms == long.MaxValue ? Difference.None : Math.Abs(ms) < InstantMax ? Rfc3339.Format(ms) : $"{ms}";
}
