using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Desks;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;

namespace Engagement.Grains.Tests;

public sealed class AcceptTests
{
    private const string Desk = "outlet:o";

    [Fact]
    public async Task Accept_OfAPromptThatItsClientNoLongerAllows_WithdrawsIt()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Publish(DocumentKind.Organisation, "branches: [ { id: hn, outlets: [ { id: o } ] } ]");
        await cluster.Publish(DocumentKind.Catalogue, """
            campaigns:
            - { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: "您好", en: "Hello"}, desks: [outlet], expires: "48h" }
            """);
        await cluster.Append(cluster.Event("c-1", "account.opened", """{"outlet":"o","channel":"online"}"""), cluster.Event("c-1", "x.hello", "{}"));
        await cluster.Settle();
        var desk = cluster.Grain<IDeskGrain>(Desk);
        var raised = Assert.Single((await desk.Join(0)).Prompts);
        // One that the client has given up, while the desk has not heard of it yet.
        await desk.Deliver(Cluster.Shards, [new(1, new PromptRaised(1, raised.RaisedMs, "c-1", Desk, raised with { Id = "d-given-up" }))]);

        var refused = await desk.Act("d-given-up", new("a-1", "accept", null, null, null), "m", null);
        Assert.Equal(ActionRefusal.State, refused.Refusal?.Code);
        Assert.Equal(["Withdrawn"], (await desk.Join(2)).Prompts.Where(p => p.Id == "d-given-up").Select(p => p.State.ToString()));
        Assert.Equal(PromptState.Accepted, (await desk.Act(raised.Id, new("a-2", "accept", null, null, null), "m", null)).Prompt?.State);
    }
}
