using System.Text.Json.Nodes;

namespace Engagement.Faults.Tests.Model;

internal sealed record Advisor(string Id, int Capacity, string Status, string[] Licences, string? StandIn = null);

internal sealed record Outlet(string Id, string Branch, long AdvisorFrom, long IntensiveBelow, Advisor[] Advisors);

/// <summary>The organisation, from which the document for the engine is written. Yuan, as in the document.</summary>
internal sealed class Organisation(IReadOnlyList<Outlet> outlets)
{
    public IReadOnlyList<Outlet> Outlets { get; } = outlets;

    /// <summary>Small capacities, so that they fill up; one outlet where nobody is active; one advisor who has left.</summary>
    public static Organisation Start { get; } = new(
    [
        new("north-001", "north", 500_000, 50_000,
        [
            new("a-01", 7, "active", ["advice", "fund"]), new("a-02", 6, "active", ["fund"]), new("a-03", 9, "left", ["advice", "fund"]),
        ]),
        new("north-002", "north", 500_000, 50_000, [new("a-04", 8, "active", ["advice"]), new("a-05", 5, "active", [])]),
        new("north-003", "north", 400_000, 30_000, [new("a-06", 9, "leave", ["advice", "fund"], StandIn: "a-01"), new("a-07", 9, "left", ["fund"])]),
        new("south-001", "south", 500_000, 50_000,
        [
            new("a-08", 9, "active", ["fund"]), new("a-09", 9, "active", ["advice"]), new("a-10", 4, "active", ["advice", "fund"]),
        ]),
        new("south-002", "south", 600_000, 60_000, [new("a-11", 8, "active", ["fund"]), new("a-12", 7, "active", ["advice", "fund"])]),
    ]);

    public IEnumerable<string> Desks => Outlets.Select(outlet => "outlet:" + outlet.Id)
        .Concat(Outlets.SelectMany(outlet => outlet.Advisors).Select(advisor => "advisor:" + advisor.Id))
        .Append("hq");

    /// <summary>Where an outlet's or an advisor's desk is now; null: nowhere, or nowhere in one branch.</summary>
    public string? BranchOfDesk(string desk) => desk.Split(':') switch
    {
        ["outlet", var outlet] => Find(outlet)?.Branch,
        ["advisor", var advisor] => Outlets.FirstOrDefault(each => each.Advisors.Any(other => other.Id == advisor))?.Branch,
        _ => null,
    };

    /// <summary>The same with one outlet changed, or added.</summary>
    public Organisation With(Outlet changed) =>
        new(Find(changed.Id) is null ? [.. Outlets, changed] : [.. Outlets.Select(outlet => outlet.Id == changed.Id ? changed : outlet)]);

    public Organisation Without(Outlet gone) => new([.. Outlets.Where(outlet => outlet.Id != gone.Id)]);

    public string BranchOf(string outlet) => Find(outlet)?.Branch ?? "";

    public Outlet? Find(string outlet) => Outlets.FirstOrDefault(each => each.Id == outlet);

    public Advisor? FindAdvisor(string id) => Outlets.SelectMany(outlet => outlet.Advisors).FirstOrDefault(advisor => advisor.Id == id);

    public string OutletOfAdvisor(string id) => Outlets.First(outlet => outlet.Advisors.Any(advisor => advisor.Id == id)).Id;

    public JsonObject Document() => new()
    {
        ["branches"] = new JsonArray([.. Outlets.GroupBy(outlet => outlet.Branch).Select(branch => new JsonObject
        {
            ["id"] = branch.Key,
            ["name"] = new JsonObject { ["zh"] = branch.Key, ["en"] = branch.Key },
            ["province"] = branch.Key == "north" ? 110000 : 440000,
            ["mode"] = "linked",
            ["kpi"] = branch.Key == "north" ? "share" : "empower",
            ["outlets"] = new JsonArray([.. branch.Select(Document)]),
        })]),
        ["defaults"] = new JsonObject { ["advisorFrom"] = 500_000, ["intensiveBelow"] = 50_000, ["capacity"] = 300 },
    };

    private static JsonObject Document(Outlet outlet) => new()
    {
        ["id"] = outlet.Id,
        ["advisorFrom"] = outlet.AdvisorFrom,
        ["intensiveBelow"] = outlet.IntensiveBelow,
        ["advisors"] = new JsonArray([.. outlet.Advisors.Select(Document)]),
    };

    private static JsonObject Document(Advisor advisor)
    {
        var document = new JsonObject
        {
            ["id"] = advisor.Id,
            ["name"] = advisor.Id,
            ["capacity"] = advisor.Capacity,
            ["status"] = advisor.Status,
            ["licences"] = new JsonArray([.. advisor.Licences.Select(licence => JsonValue.Create(licence))]),
        };
        if (advisor.StandIn is { } standIn)
        {
            document["standIn"] = standIn;
        }

        return document;
    }
}
