using System.Globalization;

namespace Engagement.Domain.Tests.Clients;

/// <summary>What expressions read of an event's data, however many fields it has.</summary>
public sealed class EventDataTests
{
    [Theory]
    [InlineData(3, "f2")]
    [InlineData(16, "f15")]
    [InlineData(17, "f0")]
    [InlineData(17, "f16")]
    [InlineData(40, "f39")]
    public void Field_OfAnyNumber_IsRead(int count, string field) =>
        Assert.Equal(field, Shown($"event.data.{field}", $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"f{i}\":\"f{i}\""))}}}"));

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(30)]
    public void Field_NamedTwice_IsTheLast(int between) =>
        Assert.Equal("new", Shown("event.data.f", $"{{\"f\":\"old\",{string.Join(',', Enumerable.Range(0, between).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"g{i}\":{i}")))},\"f\":\"new\"}}"));

    /// <summary>In the words of a campaign, which also reads others of it first.</summary>
    private static string Shown(string field, string data)
    {
        var client = new OneClient();
        client.PublishOrganisation("2026-03-02T08:00:00+08:00", "branches: [ { id: hn, outlets: [ { id: o } ] } ]");
        client.PublishCatalogue("2026-03-02T08:00:00+08:00", $$"""
            campaigns:
            - { id: hello, trigger: { event: x.hello }, when: 'event.data.f0 != "x" || true', offer: { kind: call }, message: { zh: '{{{field}}}', en: '{{{field}}}' }, desks: [outlet], channel: phone, expires: 48h }
            """);
        client.On("2026-03-02T09:00:00+08:00", "account.opened", """{"outlet":"o","channel":"online","consents":["phone"]}""");
        var raised = client.On("2026-03-02T10:00:00+08:00", "x.hello", data).Messages.OfType<Engagement.Domain.Clients.PromptRaised>();
        return Assert.Single(raised).Prompt.Message.En;
    }
}
