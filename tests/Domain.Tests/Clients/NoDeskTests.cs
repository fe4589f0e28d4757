using Engagement.Domain.Clients;

namespace Engagement.Domain.Tests.Clients;

/// <summary>A client whose outlet the organisation does not name has the desk <c>none</c>, where nobody may act: his live prompts are withdrawn.</summary>
public sealed class NoDeskTests
{
    private const string Organisation = "branches: [ { id: hn, outlets: [ { id: o } ] } ]";

    private const string Catalogue = """
        campaigns:
        - { id: hello, trigger: { event: x.hello }, offer: { kind: call }, message: { zh: a, en: a }, desks: [outlet], channel: phone, expires: 48h, goal: { event: cash.moved, within: 7d } }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LivePrompts_ClientLosesHisDesk_AreForgottenWithTheirGoals(bool byPublish)
    {
        var (client, _) = Prompted();

        var left = Leave(client, byPublish);

        Assert.Equal("none", left.Place?.Desk);
        Assert.Empty(client.Engine.State.Contacts.Prompts);
        // The desk withdraws them as he leaves it: it alone knows which are live.
        Assert.Equal("none", Assert.Single(left.Messages.OfType<ClientLeft>()).To);
        Assert.Empty(left.Messages.OfType<PromptWithdrawn>());
        Assert.Equal(0, Goal(client).Counts.Conversions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PromptThatWasDone_ClientLosesHisDesk_StillLeadsToItsConversion(bool byPublish)
    {
        var (client, prompt) = Prompted();
        client.Acted("2026-03-02T11:00:00+08:00", prompt, "accepted", "accept");
        client.Acted("2026-03-02T11:30:00+08:00", prompt, "done", "done");

        Leave(client, byPublish);

        Assert.Equal(1, Goal(client).Counts.Conversions);
    }

    [Fact]
    public void LivePrompts_ClientComesBack_StayWithdrawn()
    {
        var (client, _) = Prompted();
        Leave(client, byPublish: true);

        var back = client.PublishOrganisation("2026-03-02T13:00:00+08:00", Organisation);

        Assert.Equal("outlet:o", back.Place?.Desk);
        Assert.Equal(0, Goal(client).Counts.Conversions);
        // What nobody holds is not withdrawn again.
        Assert.Empty(client.On("2026-03-02T15:00:00+08:00", "consent.changed", """{"channel":"phone","granted":false}""").Messages);
    }

    [Fact]
    public void GoalEvent_OfTwoPrompts_IsOneConversion()
    {
        var (client, _) = Prompted();
        client.On("2026-03-02T10:30:00+08:00", "x.hello", "{}");

        Assert.Equal(1, Goal(client).Counts.Conversions);
    }

    private static (OneClient Client, string Prompt) Prompted()
    {
        var client = new OneClient();
        client.PublishOrganisation("2026-03-02T08:00:00+08:00", Organisation);
        client.PublishCatalogue("2026-03-02T08:00:00+08:00", Catalogue);
        client.On("2026-03-02T09:00:00+08:00", "account.opened", """{"outlet":"o","channel":"online","consents":["phone"]}""");
        return (client, Assert.Single(client.On("2026-03-02T10:00:00+08:00", "x.hello", "{}").Decisions).Prompt!);
    }

    private static ClientEffects Leave(OneClient client, bool byPublish) => byPublish
        ? client.PublishOrganisation("2026-03-02T12:00:00+08:00", "branches: [ { id: hn, outlets: [] } ]")
        : client.On("2026-03-02T12:00:00+08:00", "profile.changed", """{"outlet":"nowhere"}""");

    private static ClientEffects Goal(OneClient client) => client.On("2026-03-02T14:00:00+08:00", "cash.moved", """{"amount":1}""");
}
