using Engagement.Domain.Language;

namespace Engagement.Domain.Tests.Language;

public sealed class ExplanationTests
{
    [Theory]
    [InlineData("client.assets >= 100000.0", "client.assets >= 100000.0 | 123456.78")]
    [InlineData("client.assets >= 100000.0 && !trades.within(\"30d\")", "client.assets >= 100000.0 | 123456.78 ; trades.within(\"30d\") | false")]
    [InlineData("client.assets >= 1.0 && client.risk > 4 && client.age > 90", "client.risk > 4 | 3")]
    [InlineData("client.risk > 4 || (client.age > 20 || client.age > 10)", "client.age > 20 | 29")]
    [InlineData("client.risk > 4 || client.age > 90", "client.risk > 4 | 3 ; client.age > 90 | 29")]
    [InlineData("client.riskValid ? client.risk == 3 : false", "client.riskValid | true ; client.risk == 3 | 3")]
    [InlineData("client.riskValid", "client.riskValid | true")]
    [InlineData("now - client.opened > duration('24h')", "now - client.opened > duration('24h') | now = 2026-03-02T02:00:00Z; client.opened = 2025-11-22T02:00:00Z")]
    [InlineData("'vip' in client.tags", "'vip' in client.tags | [\"vip\"]")]
    [InlineData("client.tags.exists(t, t == 'vip')", "client.tags.exists(t, t == 'vip') | [\"vip\"]")]
    [InlineData("client.tier == 'x'", "client.tier == 'x' | \"mass\"")]
    [InlineData("inSegment('vip') || client.holdings['a'] > 1.0", "client.holdings['a'] > 1.0 | error: no such key: \"a\"")]
    [InlineData("1 / (client.risk - 3) > 0", "1 / (client.risk - 3) > 0 | error: division by zero")]
    [InlineData("1 / (client.risk - 3) > 0 && client.age == 29", "1 / (client.risk - 3) > 0 | error: division by zero")]
    [InlineData("!(client.risk > 4 && client.age > 20)", "client.risk > 4 | 3")]
    [InlineData("!(client.risk > 4 || client.age > 20)", "client.age > 20 | 29")]
    [InlineData("(client.risk > 1 && client.age > 20) || client.assets > 1.0", "client.risk > 1 | 3 ; client.age > 20 | 29")]
    [InlineData("(client.risk > 4 || client.age > 90) && client.assets > 1.0", "client.risk > 4 | 3 ; client.age > 90 | 29")]
    [InlineData("client.risk > 4 && (client.age > 90 || client.assets > 1.0)", "client.risk > 4 | 3")]
    [InlineData("client.riskValid ? (client.risk > 4 && client.age > 1) : client.assets > 1.0", "client.riskValid | true ; client.risk > 4 | 3")]
    [InlineData("1 / (client.risk - 3) > 0 || client.age == 29", "client.age == 29 | 29")]
    [InlineData("client.risk > 1 && client.risk > 1 && client.risk > 2", "client.risk > 1 | 3 ; client.risk > 2 | 3")]
    [InlineData("inSegment('vip')", "inSegment('vip') | false")]
    [InlineData("trades.count('7d') >= 1", "trades.count('7d') >= 1 | 0")]
    [InlineData("trades.sum('7d') > client.assets * 0.1", "trades.sum('7d') > client.assets * 0.1 | trades.sum('7d') = 0; client.assets = 123456.78")]
    [InlineData("now.getHours('Asia/Shanghai') >= 9", "now.getHours('Asia/Shanghai') >= 9 | 2026-03-02T02:00:00Z")]
    [InlineData("size(client.tags) > 0 && client.tags.all(t, size(t) == 3)", "size(client.tags) > 0 | [\"vip\"] ; client.tags.all(t, size(t) == 3) | [\"vip\"]")]
    [InlineData("true", "true | true")]
    [InlineData("9223372036854775807 + client.risk > 0", "9223372036854775807 + client.risk > 0 | error: overflow")]
    [InlineData("client.tags[client.risk] == 'x'", "client.tags[client.risk] == 'x' | error: no such index: 3")]
    [InlineData("{'a': client.risk}.b == 1", "{'a': client.risk}.b == 1 | error: no such key: \"b\"")]
    [InlineData("{client.tier: 1, 'mass': 2} == {}", "{client.tier: 1, 'mass': 2} == {} | error: repeated key: \"mass\"")]
    [InlineData("int(client.tier) > 0", "int(client.tier) > 0 | error: not a whole number: \"mass\"")]
    [InlineData("double(client.tier) > 0.0", "double(client.tier) > 0.0 | error: not a number: \"mass\"")]
    [InlineData("bool(client.tier)", "bool(client.tier) | error: neither true nor false: \"mass\"")]
    [InlineData("timestamp(client.tier) < now", "timestamp(client.tier) < now | error: not a point in time: \"mass\"")]
    [InlineData("duration(client.tier) < duration('1h')", "duration(client.tier) < duration('1h') | error: not a duration: \"mass\"")]
    [InlineData("int(client.assets * 1e300) > 0", "int(client.assets * 1e300) > 0 | error: out of range: 1.2345678e+305")]
    [InlineData("'x'.matches(client.tier + '(')", "'x'.matches(client.tier + '(') | error: not a regular expression: \"mass(\"")]
    public void Explanation_OfACondition_NamesWhatDecided(string source, string expected)
    {
        var input = new FakeInput { Texts = { [ClientText.Tier] = "mass" }, Lists = { [ClientList.Tags] = ["vip"] } };

        var reasons = Scopes.Compile(source).Explain(input);

        Assert.Equal(expected, string.Join(" ; ", reasons.Select(r => $"{r.Expr} | {r.Value}")));
    }

    [Fact]
    public void Explanation_OfALongValue_IsCut()
    {
        var input = new FakeInput { Lists = { [ClientList.Tags] = [.. Enumerable.Range(0, 1000).Select(i => $"tag-{i}")] } };

        var reason = Assert.Single(Scopes.Compile("size(client.tags) > 3").Explain(input));

        Assert.InRange(reason.Value.Length, 100, 300);
        Assert.EndsWith("…", reason.Value, StringComparison.Ordinal);
    }
}
