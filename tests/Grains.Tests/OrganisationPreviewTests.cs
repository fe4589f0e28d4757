using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clients;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Grains.Tests;

public sealed class OrganisationPreviewTests
{
    private const int Clients = 60;

    private const string Now = """
        branches:
        - id: hn
          outlets:
          - { id: o-1, advisors: [ { id: a-1, capacity: 6 } ] }
          - { id: o-2, advisors: [ { id: a-2, capacity: 4 } ] }
        - id: hb
          mandates: [ { id: m1, scope: tail, channels: [desk], until: 2026-12-31 } ]
          outlets: [ { id: o-3 }, { id: o-4 } ]
        """;

    /// <summary>One advisor left, another came; one outlet is gone; the mandate ended in one branch and began in the other.</summary>
    private const string Then = """
        branches:
        - id: hn
          mandates: [ { id: m2, scope: tail, channels: [desk], until: 2026-12-31 } ]
          outlets:
          - { id: o-1, advisors: [ { id: a-1, capacity: 6, status: left }, { id: a-3, capacity: 9 } ] }
          - { id: o-2, advisors: [ { id: a-2, capacity: 4 } ] }
        - id: hb
          outlets: [ { id: o-3 } ]
        """;

    private const string Catalogue = """
        campaigns:
        - { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: "您好", en: "Hello"}, desks: [advisor, outlet, hq], expires: "60d" }
        """;

    [Fact]
    public async Task Preview_OfAnOrganisation_SaysWhatItsPublishThenDoes()
    {
        // Most of them sleep, and stay asleep.
        await using var cluster = await Cluster.Start(s => s.PostConfigure<EngineOptions>(o => (o.AwakeMax, o.ResidentMax) = (Cluster.Shards, 2 * Cluster.Shards)));
        await cluster.Publish(DocumentKind.Organisation, Now);
        await cluster.Publish(DocumentKind.Catalogue, Catalogue);
        await cluster.Append(Enumerable.Range(0, Clients).SelectMany(i => (IncomingEvent[])
        [
            cluster.Event($"c-{i}", "account.opened", $$"""{"outlet":"o-{{1 + (i % 4)}}","channel":"online"}"""),
            cluster.Event($"c-{i}", "assets.valued", i < 30 ? """{"total":600000}""" : """{"total":100}"""),
        ]));
        await cluster.Settle();
        await cluster.Append(Enumerable.Range(0, Clients).Where(i => i % 3 == 0).Select(i => cluster.Event($"c-{i}", "x.hello", "{}")));
        await cluster.Settle();
        var before = await Views(cluster);
        var appended = await Appended(cluster);

        var preview = await Preview(cluster, Then);

        Assert.Equal(appended, await Appended(cluster));
        Assert.Equal(before.Select(v => v.Desk), (await Views(cluster)).Select(v => v.Desk));
        await cluster.Publish(DocumentKind.Organisation, Then);
        await cluster.Settle();
        var after = await Views(cluster);
        Assert.Equal(Clients, preview.Clients);

        // Who asks for an advisor is on his outlet's desk first; there those who get one come from.
        var granted = after.Zip(before).Count(p => p.First.Advisor.Length > 0 && p.First.Advisor != p.Second.Advisor);
        Assert.True(granted > 0, "Nobody got a new advisor.");
        Assert.Equal(Math.Min(Free(preview, "hn"), preview.Branches.Single(b => b.Id == "hn").WouldWait), granted);
        Assert.Equal(preview.Branches.Single(b => b.Id == "hn").WouldWait - granted, Waiting(after, "o-1", "o-2"));
        foreach (var branch in preview.Branches)
        {
            string[] outlets = branch.Id == "hn" ? ["o-1", "o-2"] : ["o-3", "o-4"];
            Assert.Equal((before.Count(v => outlets.Contains(v.Outlet)), Waiting(before, outlets)), (branch.Clients, branch.Waiting));
        }

        Assert.Equal(
            [new("a-1", new("hn", "o-1", AdvisorStatus.Active, 6), new("hn", "o-1", AdvisorStatus.Left, 6), 6, 0), new("a-3", null, new("hn", "o-1", AdvisorStatus.Active, 9), 0, 0)],
            preview.Advisors.ToList());
        Assert.Equal([new("hb", MandateScope.Tail, At(before, "o-3", "o-4"), 0), new("hn", MandateScope.Tail, 0, At(after, "o-1", "o-2"))], preview.Mandates.ToList());
        Assert.Equal(new DeskPreview("none", 15, 0), preview.Desks.Single(d => d.Desk == "none"));
        Assert.Equal(new DeskPreview("advisor:a-1", 0, 6), preview.Desks.Single(d => d.Desk == "advisor:a-1"));
        Assert.Equal(preview.Moved, preview.Desks.Sum(d => d.Come));
        Assert.Equal(5, preview.PromptsWithdrawn);
        Assert.True(preview.PromptsMoved > 0);
    }

    private static long Free(OrganisationPreview preview, string branch)
    {
        var found = preview.Branches.Single(b => b.Id == branch);
        return found.Capacity - found.Served;
    }

    private static int Waiting(ClientView[] views, params string[] outlets) =>
        views.Count(v => outlets.Contains(v.Outlet) && v.AssetsFen >= 50_000_000 && v.Advisor.Length == 0);

    private static int At(ClientView[] views, params string[] outlets) => views.Count(v => v.Desk == "hq" && outlets.Contains(v.Outlet));

    private static Task<ClientView[]> Views(Cluster cluster) => Task.WhenAll(Enumerable.Range(0, Clients).Select(i => cluster.View($"c-{i}")));

    private static async Task<OrganisationPreview> Preview(Cluster cluster, string yaml)
    {
        Assert.True(Domain.Rfc3339.TryParse(Cluster.Now, out var nowMs));
        return OrganisationPreview.Sum(await Task.WhenAll(Enumerable.Range(0, Cluster.Shards)
            .Select(s => cluster.Silos.Client.GetGrain<IPreviewGrain>(s).PreviewOrganisation(yaml, false, nowMs, CancellationToken.None))));
    }

    private static async Task<long> Appended(Cluster cluster) =>
        (await Task.WhenAll(Enumerable.Range(0, Cluster.Shards).Select(s => cluster.Shard(s).Progress()))).Sum(p => p.Appended);
}
