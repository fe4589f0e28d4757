using System.Collections.Immutable;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Documents;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Campaigns;

/// <summary>
/// Segments are compiled twice where the document names one before those that it asks for: first to learn who asks for
/// whom, then with the places in that order.
/// </summary>
internal sealed class SegmentReader(IReadOnlyDictionary<string, int> metrics, ProblemList problems)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>The ids and their places in the order of evaluation.</summary>
    public Dictionary<string, int> Places { get; } = new(StringComparer.Ordinal);

    public ImmutableArray<Segment> Read(DocumentNode node, ProblemList _)
    {
        var drafts = Values.List(Draft)(node, problems);
        Number(drafts.Select(d => d.Id));
        var compiled = drafts.Select(d => d with { WhenExpression = Compile(d.When), StayExpression = Compile(d.Stay) }).ToList();
        var order = SegmentOrder.Of([.. compiled.Select(Asks)], out var cycles);
        foreach (var cycle in cycles)
        {
            ReportCycle(compiled, cycle);
        }

        if (!problems.IsEmpty)
        {
            return [];
        }

        var moved = !order.SequenceEqual(Enumerable.Range(0, order.Length));
        Number(order.Select(i => compiled[i].Id));
        return [.. order.Select((from, place) => Build(compiled[from], place, moved))];
    }

    private sealed record SegmentDraft(DocumentNode Node, string Id, Localized Name, DocumentNode? When, DocumentNode? Stay)
    {
        public Expression? WhenExpression { get; init; }

        public Expression? StayExpression { get; init; }
    }

    private SegmentDraft Draft(DocumentNode node, ProblemList _)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return new(node, "", new("", ""), null, null);
        }

        var id = fields.Id(taken);
        var draft = new SegmentDraft(
            node,
            id,
            fields.Optional("name", Values.Localized, new(id, id)),
            fields.Required<DocumentNode?>("when", (value, _) => value, null),
            fields.Optional<DocumentNode?>("stay", (value, _) => value, null));
        fields.Close();
        return draft;
    }

    private void Number(IEnumerable<string> ids)
    {
        Places.Clear();
        foreach (var (place, id) in ids.Index())
        {
            Places.TryAdd(id, place);
        }
    }

    private Expression? Compile(DocumentNode? node) =>
        node is null ? null : ExpressionReader.Read(node, new(Client: true, Event: false, null, metrics, Places), CelKind.Bool, problems);

    private static HashSet<int> Asks(SegmentDraft draft) =>
        [.. draft.WhenExpression?.Reads.Segments ?? new HashSet<int>(), .. draft.StayExpression?.Reads.Segments ?? new HashSet<int>()];

    private void ReportCycle(List<SegmentDraft> drafts, ImmutableArray<int> cycle)
    {
        var first = drafts[cycle[0]];
        var asksInWhen = first.WhenExpression?.Reads.Segments.Contains(cycle[1]) ?? false;
        problems.Add(
            (asksInWhen ? first.When : first.Stay) ?? first.Node,
            ProblemCode.Cycle,
            Diagnostic.SegmentCycle(cycle.Select(i => drafts[i].Id)));
    }

    private Segment Build(SegmentDraft draft, int place, bool moved)
    {
        var when = (moved ? Compile(draft.When) : draft.WhenExpression)!;
        var stay = moved ? Compile(draft.Stay) : draft.StayExpression;
        return new(place, draft.Id, draft.Name, when, stay ?? when);
    }
}
