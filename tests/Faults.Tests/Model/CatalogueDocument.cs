using System.Text.Json.Nodes;

namespace Engagement.Faults.Tests.Model;

/// <summary>The catalogue as it is published, written from the tables that the model evaluates by hand.</summary>
internal static class CatalogueDocument
{
    public static JsonObject Write(Catalogue catalogue) => new()
    {
        ["tiers"] = new JsonObject
        {
            ["default"] = Tiers(Rules.Tiers),
            ["overrides"] = new JsonObject { ["branch:south"] = Tiers(Rules.TiersOfSouth) },
        },
        ["metrics"] = new JsonArray([.. catalogue.Metrics.Select(Metric)]),
        ["segments"] = new JsonArray([.. catalogue.Segments.Select(Segment)]),
        ["campaigns"] = new JsonArray([.. catalogue.Campaigns.Select(Campaign)]),
        ["experiments"] = new JsonArray([.. Campaigns.Experiments.Select(Experiment)]),
        ["policy"] = Policy(catalogue.Policy),
        ["holdout"] = new JsonObject { ["percent"] = Campaigns.HoldoutPercent, ["seed"] = Campaigns.HoldoutSeed },
    };

    private static JsonObject Policy(Policy policy)
    {
        var document = new JsonObject
        {
            ["cap"] = new JsonObject { ["perClient"] = policy.CapPerClient, ["per"] = $"{policy.CapDays}d" },
            ["tradingDaysOnly"] = policy.TradingDaysOnly,
        };
        if (policy.QuietFromHour != policy.QuietToHour)
        {
            document["quiet"] = new JsonObject { ["from"] = $"{policy.QuietFromHour:00}:00", ["to"] = $"{policy.QuietToHour:00}:00" };
        }

        return document;
    }

    private static JsonArray Tiers((string Id, int From)[] tiers) =>
        new([.. tiers.Select(tier => new JsonObject { ["id"] = tier.Id, ["from"] = tier.From })]);

    private static JsonObject Metric(CatalogueMetric metric) =>
        With(new() { ["id"] = metric.Id, ["on"] = metric.On, ["where"] = metric.Where, ["backfill"] = metric.Backfill }, ("value", metric.Value));

    private static JsonObject Segment(Segment segment) =>
        With(new() { ["id"] = segment.Id, ["name"] = Both(segment.Id), ["when"] = segment.When }, ("stay", segment.Stay));

    private static JsonObject Campaign(Campaign campaign)
    {
        var offer = With(new() { ["kind"] = "call" }, ("value", campaign.Value), ("licence", campaign.Licence));
        if (campaign.Risk > 0)
        {
            offer["risk"] = campaign.Risk;
        }

        var document = new JsonObject
        {
            ["id"] = campaign.Id,
            ["name"] = Both(campaign.Id),
            ["trigger"] = Trigger(campaign.Trigger.Split(':')),
            ["offer"] = offer,
            ["message"] = Both(campaign.Message),
            ["priority"] = int.TryParse(campaign.Priority, out var priority) ? priority : campaign.Priority,
            ["desks"] = Strings(campaign.Desks),
            ["expires"] = $"{campaign.ExpiresHours}h",
            ["rollout"] = new JsonObject { ["branches"] = Strings(campaign.Branches), ["percent"] = campaign.Percent },
        };
        if (campaign.OnPublish)
        {
            document["onPublish"] = true;
        }

        return With(
            document,
            ("when", campaign.When),
            ("channel", campaign.Channel),
            ("experiment", campaign.Experiment),
            ("cooldown", campaign.CooldownHours > 0 ? $"{campaign.CooldownHours}h" : null));
    }

    private static JsonObject Experiment((string Id, string Unit, int ControlPercent) experiment) => new()
    {
        ["id"] = experiment.Id,
        ["unit"] = experiment.Unit,
        ["arms"] = new JsonObject { ["control"] = experiment.ControlPercent / 100m, ["treated"] = 1 - (experiment.ControlPercent / 100m) },
        ["metrics"] = new JsonArray(new JsonObject { ["id"] = "traded", ["on"] = "trade.executed", ["kind"] = "proportion", ["within"] = "30d" }),
    };

    private static JsonObject Trigger(string[] trigger) => trigger switch
    {
        ["segment", var segment, var on] => new() { ["segment"] = segment, ["on"] = on },
        ["event", var type] => new() { ["event"] = type },
        _ => new() { ["every"] = "1d", ["at"] = $"{Campaigns.EveryAtMinute / 60:00}:{Campaigns.EveryAtMinute % 60:00}" },
    };

    private static JsonObject Both(string text) => new() { ["zh"] = text, ["en"] = text };

    private static JsonArray Strings(string[] texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonObject With(JsonObject document, params (string Name, string? Text)[] optional)
    {
        foreach (var (name, text) in optional.Where(field => field.Text is not null))
        {
            document[name] = text;
        }

        return document;
    }
}
