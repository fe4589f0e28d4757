using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Desks;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;
using Orleans.Runtime;

namespace Engagement.Grains.Tests;

/// <summary>A silo that joins takes its share of shards, desks and branches, and nothing of theirs is lost.</summary>
public sealed class JoiningSiloTests
{
    private const int Outlets = 24;

    private static readonly string[] Kept = ["shard", "desk", "branch"];

    private const string Catalogue = """
        campaigns:
        - { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: "您好", en: "Hello"}, desks: [outlet], expires: "60d" }
        """;

    private static readonly string Organisation =
        $"branches: [ {string.Join(", ", Enumerable.Range(0, Outlets).Select(o => $"{{ id: b-{o}, outlets: [ {{ id: o-{o}, advisors: [ {{ id: a-{o}, capacity: 9 }} ] }} ] }}"))} ]";

    [Fact]
    public async Task SiloThatJoins_TakesItsShareOfEverythingKeyedAndNothingIsLost()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Publish(DocumentKind.Organisation, Organisation);
        await cluster.Publish(DocumentKind.Catalogue, Catalogue);
        // One who waits for an advisor in each branch, and one for whom each outlet has a prompt.
        await cluster.Append(Enumerable.Range(0, Outlets).SelectMany(o => (IEnumerable<IncomingEvent>)
        [
            cluster.Event($"c-{o}", "account.opened", $$"""{"outlet":"o-{{o}}","channel":"online"}"""), cluster.Event($"c-{o}", "x.hello", "{}"),
            cluster.Event($"c-rich-{o}", "account.opened", $$"""{"outlet":"o-{{o}}","channel":"online"}"""), cluster.Event($"c-rich-{o}", "assets.valued", """{"total":700000}"""),
        ]));
        await cluster.Settle();
        var before = await Desks(cluster);

        var joined = (await cluster.Silos.StartSilosAsync(1))[0].SiloAddress;
        var management = cluster.Silos.Client.GetGrain<IManagementGrain>(0);
        await Eventually.Holds(async () =>
        {
            var statistics = await management.GetDetailedGrainStatistics();
            foreach (var kind in Kept)
            {
                var where = statistics.Where(s => s.GrainId.Type.ToString() == kind).ToList();
                // A third by chance; of 8 shards and 24 others far more than none.
                Assert.True(where.Exists(s => s.SiloAddress.Equals(joined)), $"no {kind} of {where.Count} is in the silo that joined");
            }
        });

        Assert.Equal(before, await Desks(cluster));
        foreach (var o in Enumerable.Range(0, Outlets))
        {
            var desk = cluster.Grain<IDeskGrain>($"outlet:o-{o}");
            var prompt = Assert.Single((await desk.Join(0)).Prompts);
            Assert.Equal(PromptState.Accepted, (await desk.Act(prompt.Id, new($"act-{o}", "accept", null, null, null), "m", null)).Prompt!.State);
            Assert.Equal($"a-{o}", (await cluster.View($"c-rich-{o}")).Advisor);
        }

        await cluster.Settle();
        await Judge.NothingDiffers(cluster, 2 * Outlets);
    }

    private static async Task<string[]> Desks(Cluster cluster) => await Task.WhenAll(Enumerable.Range(0, Outlets).Select(async o =>
    {
        var desk = await cluster.Grain<IDeskGrain>($"outlet:o-{o}").Join(0);
        return $"{desk.Seq} {string.Join(' ', desk.Prompts.Select(p => $"{p.Id} {p.State}"))}";
    }));
}
