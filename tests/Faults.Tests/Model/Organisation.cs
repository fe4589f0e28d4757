using System.Text.Json.Nodes;

namespace Engagement.Faults.Tests.Model;

internal sealed record Advisor(string Id, int Capacity, string Status, string[] Licences, string? StandIn = null);

internal sealed record Outlet(string Id, string Branch, long AdvisorFrom, long IntensiveBelow, Advisor[] Advisors);

/// <param name="Scope"><c>tail</c> or <c>overflow</c>.</param>
/// <param name="Desk">Has it the channel <c>desk</c>, without which nobody acts on <c>hq</c>?</param>
internal sealed record Mandate(string Id, string Branch, string Scope, DateOnly From, DateOnly Until, bool Desk = true)
{
    public bool LiveAt(long now) => ShanghaiTime.DateOf(now) is var day && day >= From && day <= Until;
}

/// <summary>The organisation, from which the document for the engine is written. Yuan, as in the document.</summary>
internal sealed class Organisation(IReadOnlyList<Outlet> outlets, IReadOnlyList<Mandate> mandates)
{
    public IReadOnlyList<Outlet> Outlets { get; } = outlets;

    public IReadOnlyList<Mandate> Mandates { get; } = mandates;

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
    ],
    [
        // One that goes on in a second without a gap, one that begins and ends on the way, one under which nobody acts.
        new("m-1", "north", "tail", Day(-10), Day(2)), new("m-2", "north", "tail", Day(2), Day(5)), new("m-3", "south", "tail", Day(1), Day(3)),
        new("m-4", "south", "tail", Day(6), Day(400), Desk: false), new("m-5", "south", "overflow", Day(-3), Day(4)), new("m-6", "north", "overflow", Day(3), Day(7)),
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
        new(Find(changed.Id) is null ? [.. Outlets, changed] : [.. Outlets.Select(outlet => outlet.Id == changed.Id ? changed : outlet)], Mandates);

    public Organisation Without(Outlet gone) => new([.. Outlets.Where(outlet => outlet.Id != gone.Id)], Mandates);

    /// <summary>The same with one mandate changed, or added.</summary>
    public Organisation With(Mandate changed) => new(Outlets, [.. Mandates.Where(mandate => mandate.Id != changed.Id), changed]);

    public Organisation Without(Mandate gone) => new(Outlets, [.. Mandates.Where(mandate => mandate.Id != gone.Id)]);

    /// <summary>Does a live mandate of the outlet's branch cover this?</summary>
    public bool Covers(string outlet, string scope, long now) => Of(outlet, scope).Any(mandate => mandate.LiveAt(now));

    /// <summary>May operators act there for this?</summary>
    public bool OpensDesk(string outlet, string scope, long now) => Of(outlet, scope).Any(mandate => mandate.Desk && mandate.LiveAt(now));

    /// <summary>The next midnight at which one begins, or has ended.</summary>
    public long NextMandate(long now) => Mandates.SelectMany(mandate => (DateOnly[])[mandate.From, mandate.Until.AddDays(1)])
        .Select(ShanghaiTime.MidnightOf).Where(midnight => midnight > now).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>Does the branch have such a mandate, be it a past or a coming one?</summary>
    public bool Knows(string branch, string scope) => Mandates.Any(mandate => mandate.Branch == branch && mandate.Scope == scope);

    private IEnumerable<Mandate> Of(string outlet, string scope) => Mandates.Where(mandate => mandate.Scope == scope && mandate.Branch == BranchOf(outlet));

    private static DateOnly Day(int after) => ShanghaiTime.DateOf(Script.Start).AddDays(after);

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
            ["mandates"] = new JsonArray([.. Mandates.Where(mandate => mandate.Branch == branch.Key).Select(Document)]),
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

    private static JsonObject Document(Mandate mandate) => new()
    {
        ["id"] = mandate.Id,
        ["scope"] = mandate.Scope,
        ["channels"] = new JsonArray(mandate.Desk ? ["assistant", "desk"] : ["assistant"]),
        ["from"] = mandate.From.ToString("yyyy-MM-dd"),
        ["until"] = mandate.Until.ToString("yyyy-MM-dd"),
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
