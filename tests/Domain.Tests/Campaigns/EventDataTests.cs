using System.Collections.Immutable;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;

namespace Engagement.Domain.Tests.Campaigns;

/// <summary>The type of the event says which fields <c>event.data</c> has, and what they are.</summary>
public sealed class EventDataTests
{
    [Theory]
    [InlineData("trade.executed", "event.data.symbol.startsWith('688') && event.data.amount > 5000 && event.data.quantity == 100")]
    [InlineData("trade.executed", "event.data.side in ['buy'] && has(event.data.account) && event.data['anything'] == 1")]
    [InlineData("risk.assessed", "event.data.level in [1, 2] && event.data.validUntil > '2026-01-01'")]
    [InlineData("cash.moved", "!event.data.internal || event.data.amount * 2.0 < 1.0")]
    [InlineData("profile.changed", "'vip' in event.data.addTags || event.data.tags.exists(t, t == 'x')")]
    [InlineData("holdings.valued", "event.data.positions['600000'] > 100.0")]
    [InlineData("x.survey", "event.data.whatever == 3 && event.data.name == 'a'")]
    public void Field_OfTheType_IsRead(string type, string where) => Assert.Empty(Problems(type, where));

    [Theory]
    [InlineData("trade.executed", "event.data.symbl == 'x'", "expression.unknown.name", "symbol")]
    [InlineData("trade.executed", "has(event.data.pag)", "expression.unknown.name", "trade.executed")]
    [InlineData("app.active", "event.data.amount > 1.0", "expression.unknown.name", "app.active")]
    [InlineData("trade.executed", "event.data.symbol > 5", "expression.type", "text")]
    [InlineData("trade.executed", "event.data.amount.startsWith('6')", "expression.type", "decimal")]
    [InlineData("trade.executed", "event.data.amount * 2 > 1", "expression.type", "100.0")]
    [InlineData("cash.moved", "event.data.internal == 'yes'", "expression.type", "true/false")]
    [InlineData("profile.changed", "event.data.phone == '1'", "expression.unknown.name", "personal")]
    [InlineData("account.opened", "has(event.data.birthDate)", "expression.unknown.name", "personal")]
    public void Field_OfAnotherNameOrType_IsRefusedAtItsPlace(string type, string where, string code, string says)
    {
        var problem = Assert.Single(Problems(type, where));

        Assert.Equal((code, "metrics[0].where", 1), (problem.Code, problem.Path, problem.Line));
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_OfSeveralExpressions_AreAllReported()
    {
        const string Text = """
            segments:
            - { id: a, when: 'client.age = 3 & true' }
            - { id: b, when: '(client.age > ' }
            - { id: c, when: 'client.asets > 1.0 && client.tier == 3' }
            """;

        Assert.False(CatalogueDocument.TryRead(Text, DocumentFormat.Yaml, 1, out _, out var problems));

        Assert.Equal(
            [("segments[0].when", 2), ("segments[0].when", 2), ("segments[1].when", 3), ("segments[2].when", 4), ("segments[2].when", 4)],
            problems.Select(p => (p.Path, p.Line)));
        Assert.All(problems, p => Assert.Contains(p.MessageZh, c => c is >= '\u4E00' and <= '\u9FFF'));
    }

    private static ImmutableArray<DocumentProblem> Problems(string type, string where)
    {
        var text = $$"""{"metrics": [{"id": "m", "on": "{{type}}", "where": "{{where}}"}]}""";
        CatalogueDocument.TryRead(text, DocumentFormat.Json, 1, out _, out var problems);
        return problems;
    }
}
