using System.Collections.Immutable;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Documents;
using Engagement.Domain.Experiments;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Campaigns;

internal sealed class CampaignReader(
    IReadOnlyDictionary<string, int> metrics,
    IReadOnlyDictionary<string, int> segments,
    ImmutableArray<Experiment> experiments,
    ProblemList problems)
{
    private const int DefaultPriority = 50;

    private static readonly ReadValue<DeskKinds> Desk = Values.Choice(
        ("advisor", DeskKinds.Advisor), ("outlet", DeskKinds.Outlet), ("hq", DeskKinds.Hq));

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <returns>By id.</returns>
    public ImmutableArray<Campaign> Read(DocumentNode node, ProblemList _) =>
        [.. Values.List(Campaign)(node, problems).OfType<Campaign>().OrderBy(c => c.Id, StringComparer.Ordinal)];

    private Campaign? Campaign(DocumentNode node, ProblemList _)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return null;
        }

        var id = fields.Id(taken);
        var trigger = fields.Required("trigger", new TriggerReader(segments).Read, TriggerReader.None);
        var scope = ExpressionReader.WithData(new(Client: true, Event: trigger.Event is not null, trigger.Event, metrics, segments));
        var messages = fields.Required("message", new MessageReader(scope, problems).Read, default);
        var priority = fields.Find("priority");
        var campaign = new Campaign(
            id,
            fields.Optional("name", Values.Localized, new Localized(id, id)),
            trigger,
            fields.Optional("when", ExpressionReader.Of(scope, CelKind.Bool), null),
            fields.Required("offer", (offer, _) => Offer(offer, scope), NoOffer),
            messages.Zh,
            messages.En,
            FixedPriority(priority),
            priority is DocumentScalar { Kind: ScalarKind.Number } or null ? null : ExpressionReader.Read(priority, scope, CelKind.Double, problems),
            fields.Required("desks", Desks, DeskKinds.None),
            fields.Optional("channel", Channels.Consent, null),
            fields.Optional("cooldown", Times.DurationFromZero, 0L),
            fields.Required("expires", Times.Duration, 0L),
            fields.Optional("goal", Goal, null),
            fields.Optional("rollout", RolloutOf, Rollout.Everywhere),
            fields.Optional("experiment", ExperimentId, null),
            fields.Optional("onPublish", Values.Flag, false));
        fields.Close();
        return campaign;
    }

    /// <summary>A number is the priority itself, clamped as an expression's result would be.</summary>
    private int FixedPriority(DocumentNode? node) =>
        node is DocumentScalar { Kind: ScalarKind.Number } ? (int)Math.Round(Math.Clamp(Numbers.Exact(node, problems), 0, 100), MidpointRounding.ToEven) : DefaultPriority;

    private static Offer NoOffer => new("", null, 0, null, null);

    private Offer Offer(DocumentNode node, ExpressionScope scope)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return NoOffer;
        }

        var offer = new Offer(
            fields.Required("kind", Values.Id, ""),
            fields.Optional("product", Values.Id, null),
            fields.Optional("risk", Numbers.Whole(1, 5), 0),
            fields.Optional("licence", Values.Id, null),
            fields.Optional("value", ExpressionReader.Of(scope, CelKind.Double), null));
        fields.Close();
        return offer;
    }

    private static DeskKinds Desks(DocumentNode node, ProblemList problems)
    {
        var desks = Values.Set(Desk)(node, problems);
        if (desks.IsEmpty && node is DocumentSequence)
        {
            Values.WrongValue(node, problems, Diagnostic.CampaignNeedsDesk);
        }

        return desks.Aggregate(DeskKinds.None, (all, desk) => all | desk);
    }

    private static Goal? Goal(DocumentNode node, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return null;
        }

        var goal = new Goal(fields.Required("event", MetricReader.EventType, ""), fields.Required("within", Times.Duration, 0L));
        fields.Close();
        return goal;
    }

    private static Rollout RolloutOf(DocumentNode node, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return Rollout.Everywhere;
        }

        var rollout = new Rollout(fields.Optional("branches", Values.Set(Values.Id), []), fields.Optional("percent", Numbers.Percent, 100m));
        fields.Close();
        return rollout;
    }

    private string ExperimentId(DocumentNode node, ProblemList _) => ExperimentReader.Known(node, experiments, problems)?.Id ?? "";
}
