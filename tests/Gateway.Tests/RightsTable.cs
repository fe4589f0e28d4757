namespace Engagement.Gateway.Tests;

/// <summary>Who may call what: each endpoint with the roles that it takes, as the contract's page 3 says.</summary>
internal static class RightsTable
{
    public const string AllButIngest = "advisor outlet-manager branch-manager hq-analyst hq-operator hq-admin auditor";
    public const string ByRelation = "advisor outlet-manager branch-manager hq-operator auditor";

    public static readonly string[] Roles = ["advisor", "outlet-manager", "branch-manager", "hq-analyst", "hq-operator", "hq-admin", "auditor", "ingest"];

    /// <summary>Anybody's, with or without a token.</summary>
    public static readonly string[] Open = ["GET /health/live", "GET /health/ready", "POST /v1/session", "DELETE /v1/session"];

    /// <summary>Any token's: no data of clients is in it.</summary>
    public static readonly string[] Described = ["GET /openapi/{documentName}.json"];

    public static readonly (string Endpoint, string Roles)[] Http =
    [
        ("POST /v1/events", "ingest"),
        ("GET /v1/dead-letters", "hq-admin auditor"),
        ("PUT /v1/catalogue", "hq-admin"),
        ("GET /v1/catalogue", AllButIngest),
        ("GET /v1/catalogue/rollout", AllButIngest),
        ("DELETE /v1/catalogue/rollout", "hq-admin"),
        ("GET /v1/catalogue/versions", AllButIngest),
        ("GET /v1/catalogue/versions/{version:int}", AllButIngest),
        ("GET /v1/catalogue/versions/{version:int}/diff", AllButIngest),
        ("POST /v1/catalogue/preview", "hq-admin"),
        ("POST /v1/organisation/preview", "hq-admin"),
        ("POST /v1/organisation/versions/{version:int}/preview", "hq-admin"),
        ("POST /v1/catalogue/check", "hq-admin"),
        ("POST /v1/organisation/check", "hq-admin"),
        ("PUT /v1/organisation", "hq-admin"),
        ("GET /v1/organisation", AllButIngest),
        ("GET /v1/organisation/rollout", AllButIngest),
        ("DELETE /v1/organisation/rollout", "hq-admin"),
        ("GET /v1/organisation/versions", AllButIngest),
        ("GET /v1/organisation/versions/{version:int}", AllButIngest),
        ("GET /v1/organisation/versions/{version:int}/diff", AllButIngest),
        ("GET /v1/clients/{id}", ByRelation),
        ("GET /v1/clients/{id}/events", ByRelation),
        ("GET /v1/clients/{id}/decisions", ByRelation),
        ("GET /v1/clients/{id}/assets", ByRelation),
        ("DELETE /v1/clients/{id}/personal", "hq-admin branch-manager outlet-manager"),
        ("GET /v1/segments", AllButIngest),
        ("GET /v1/segments/{id}/members", ByRelation),
        ("GET /v1/desks/{desk}", ByRelation),
        ("GET /v1/desks/{desk}/prompts", ByRelation),
        ("POST /v1/desks/{desk}/prompts/{id}/actions", "advisor outlet-manager branch-manager hq-operator"),
        ("GET /v1/map/{node}", AllButIngest),
        ("GET /v1/map/{node}/history", AllButIngest),
        ("GET /v1/map/{node}/flows", AllButIngest),
        ("POST /v1/quotes", "ingest"),
        ("GET /v1/quotes", AllButIngest),
        ("GET /v1/clock", "hq-admin auditor"),
        ("POST /v1/clock", "hq-admin"),
        ("GET /v1/progress", AllButIngest),
        ("GET /v1/me", AllButIngest),
        ("POST /v1/catalogue/versions/{version:int}/approve", "hq-admin"),
        ("POST /v1/catalogue/versions/{version:int}/reject", "hq-admin"),
        ("POST /v1/catalogue/versions/{version:int}/preview", "hq-admin"),
        ("POST /v1/organisation/versions/{version:int}/approve", "hq-admin"),
        ("POST /v1/organisation/versions/{version:int}/reject", "hq-admin"),
        ("GET /v1/audit", "auditor"),
        ("GET /v1/audit/export", "auditor"),
    ];

    /// <summary>Methods of the hub; each is held against <see cref="Desks"/>.</summary>
    public static readonly string[] Hub = ["Join", "Act"];

    /// <summary>Methods of the map's hub; each is held against <see cref="Nodes"/>.</summary>
    public static readonly string[] MapHub = ["Watch"];

    /// <summary>Methods of the hub of open clients' pages; each is held against <see cref="Desks"/>.</summary>
    public static readonly string[] ClientHub = ["Watch"];

    /// <summary>Nodes of the map: who sees which totals.</summary>
    public static readonly (string Role, string? Sub, string? Node, string Seen, bool May)[] Nodes =
    [
        .. Totals("hq", "hq-analyst hq-operator hq-admin auditor", "branch-manager/m/branch:hn outlet-manager/m/outlet:hn-001 advisor/a-1 ingest"),
        .. Totals("branch:hn", "hq-analyst hq-operator hq-admin auditor branch-manager/m/branch:hn", "branch-manager/m/branch:tj outlet-manager/m/outlet:hn-001 advisor/a-1 ingest"),
        .. Totals("outlet:hn-001", "hq-analyst auditor branch-manager/m/branch:hn outlet-manager/m/outlet:hn-001", "branch-manager/m/branch:tj outlet-manager/m/outlet:tj-001 advisor/a-1 ingest"),
        .. Totals("advisor:a-1", "hq-analyst auditor branch-manager/m/branch:hn outlet-manager/m/outlet:hn-001 advisor/a-1", "advisor/a-2 outlet-manager/m/outlet:tj-001 ingest"),
        .. Totals("branch:nowhere", "", "hq-analyst auditor branch-manager/m/branch:nowhere"),
        .. Totals("none", "", "hq-analyst auditor"),
    ];

    /// <summary>
    /// Desks and their clients by relation: who, whose desk, what he may do there: <c>-</c> nothing, <c>r</c> read the client and the
    /// desk, <c>c</c> read the client alone, <c>a</c> act as well.
    /// </summary>
    public static readonly (string Role, string? Sub, string? Node, string Desk, char May)[] Desks =
    [
        .. Rows("outlet:hn-001", "advisor a-1 - a", "advisor a-9 - -", "outlet-manager m outlet:hn-001 a", "outlet-manager m outlet:tj-001 -",
            "branch-manager m branch:hn a", "branch-manager m branch:tj -", "hq-operator o - -", "hq-analyst o - -", "hq-admin o - -", "auditor o - r", "ingest i - -"),
        .. Rows("hq tj-001", "advisor a-9 - -", "outlet-manager m outlet:tj-001 c", "outlet-manager m outlet:hn-001 -", "branch-manager m branch:tj c",
            "branch-manager m branch:hn -", "hq-operator o - a", "hq-analyst o - -", "hq-admin o - -", "auditor o - r", "ingest i - -"),
        // Headquarters' mandate there has no desk: nothing is raised, and the client is read alone.
        .. Rows("hq cq-001", "branch-manager m branch:cq c", "hq-operator o - c", "hq-admin o - -", "auditor o - r"),
    ];

    private static IEnumerable<(string, string?, string?, string, bool)> Totals(string seen, string may, string mayNot) =>
        new[] { (may, true), (mayNot, false) }.SelectMany(r => r.Item1.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(who => who.Split('/')).Select(who => (who[0], who.ElementAtOrDefault(1), who.ElementAtOrDefault(2), seen, r.Item2)));

    private static IEnumerable<(string, string?, string?, string, char)> Rows(string desk, params string[] rows) =>
        rows.Select(r => r.Split(' ')).Select(r => (r[0], (string?)r[1], r[2] == "-" ? null : r[2], desk, r[3][0]));
}
