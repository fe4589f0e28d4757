using Engagement.Domain.Language;

namespace Engagement.Domain.Tests.Language;

public sealed class CheckerTests
{
    [Theory]
    [InlineData("client.asets > 1.0", "expression.unknown.name", 1, 8, "assets")]
    [InlineData("trade.within('30d')", "expression.unknown.name", 1, 1, "trades")]
    [InlineData("trades.wihtin('30d')", "expression.unknown.function", 1, 8, "within")]
    [InlineData("inSegment('dormnat')", "expression.unknown.name", 1, 11, "dormant")]
    [InlineData("inSegment(client.tier)", "expression.type", 1, 1, "written out")]
    [InlineData("client.tier.startWith('a')", "expression.unknown.function", 1, 13, "startsWith")]
    [InlineData("contains(client.tier, 'a')", "expression.unknown.function", 1, 1, "x.contains")]
    [InlineData("dyn(1) == 1", "expression.unknown.function", 1, 1, "not part")]
    [InlineData("client", "expression.unknown.name", 1, 1, "client.assets")]
    [InlineData("trades", "expression.unknown.name", 1, 1, "count")]
    [InlineData("event.type == 'x'", "expression.unknown.name", 1, 1, "metrics")]
    [InlineData("client.assets == 100000", "expression.type", 1, 15, "100.0")]
    [InlineData("[client.assets] == [100000]", "expression.type", 1, 17, "100.0")]
    [InlineData("{1: 'a'} == {'a': 'a'}", "expression.type", 1, 10, "a map from a whole number (int) to text (string) with a map from text (string) to text (string)")]
    [InlineData("client.age > 'x'", "expression.type", 1, 12, "text")]
    [InlineData("client.assets * 2 > 1.0", "expression.type", 1, 15, "100.0")]
    [InlineData("client.assets", "expression.type", 1, 1, "true/false")]
    [InlineData("client.age && true", "expression.type", 1, 1, "&&")]
    [InlineData("'x' in client.age", "expression.type", 1, 8, "list")]
    [InlineData("1 in client.tags", "expression.type", 1, 3, "text")]
    [InlineData("client.tags[0.5] == 'x'", "expression.type", 1, 13, "whole")]
    [InlineData("has(client.tier)", "expression.type", 1, 1, "always")]
    [InlineData("true ? 1 : 'a'", "expression.type", 1, 12, "one type")]
    [InlineData("{1.5: 2} == {}", "expression.type", 1, 2, "key")]
    [InlineData("client.age.all(x, true)", "expression.type", 1, 1, "list or a map")]
    [InlineData("trades.count(client.tier) > 1", "expression.window", 1, 14, "written out")]
    [InlineData("trades.count('30x') > 1", "expression.window", 1, 14, "400d")]
    [InlineData("trades.count() > 1", "expression.window", 1, 8, "30d")]
    [InlineData("trades.ever('1d')", "expression.window", 1, 13, "no window")]
    [InlineData("client.tier.matches('(a')", "expression.regex", 1, 21, "without ')'")]
    [InlineData("client.tier.matches('(?=a)')", "expression.regex", 1, 21, "look-around")]
    [InlineData("client.tier.matches(r'(a)\\1')", "expression.regex", 1, 21, "back-references")]
    [InlineData("client.tier.matches('(a{1000}){1000}')", "expression.regex", 1, 21, "repetitions")]
    [InlineData("string(now) == 'x'", "expression.time", 1, 8, "now")]
    [InlineData("now.getMinutes() == 0", "expression.time", 1, 5, "too often")]
    [InlineData("int(now) > 0", "expression.time", 1, 5, "now")]
    [InlineData("[now] == []", "expression.time", 1, 2, "now")]
    [InlineData("(now - client.opened).getHours() > 3", "expression.time", 1, 2, "now")]
    [InlineData("now - client.opened > now - trades.last()", "expression.time", 1, 21, "both sides")]
    [InlineData("(true ? now : client.opened) > client.opened", "expression.time", 1, 9, "now")]
    [InlineData("now.getHours(client.tier) == 1", "expression.time", 1, 14, "written out")]
    [InlineData("now.getHours('Asia/Shangai') == 1", "expression.time", 1, 14, "Asia/Shanghai")]
    [InlineData("now - client.opened > duration('90d')", "expression.time", 1, 32, "2160h")]
    [InlineData("now > timestamp('2026-01-01')", "expression.time", 1, 17, "T09:30")]
    [InlineData("true &&\n  client.x", "expression.unknown.name", 2, 10, "field x")]
    [InlineData("'😀𠮷' == client.ter", "expression.unknown.name", 1, 16, "tier")]
    public void Error_OfASource_IsAtItsPlaceAndSaysWhatToDo(string source, string code, int line, int column, string says)
    {
        var error = Assert.Single(Errors(source));

        Assert.Equal((code, line, column), (error.Code, error.Line, error.Column));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, 1, "too early")]
    [InlineData("1 +", 1, 4, "too early")]
    [InlineData("(1", 1, 3, "')'")]
    [InlineData("a = 1", 1, 3, "==")]
    [InlineData("true and false", 1, 6, "&&")]
    [InlineData("true & false", 1, 6, "&&")]
    [InlineData("client.tier == “a”", 1, 16, "straight quotes")]
    [InlineData("client.age ＞ 3", 1, 12, "full-width")]
    [InlineData("'abc", 1, 1, "closing quote")]
    [InlineData("'a\\q'", 1, 3, "escape")]
    [InlineData("'\\uD83D\\uDE03'", 1, 2, "escape")]
    [InlineData("1u", 1, 2, "Unsigned")]
    [InlineData("b'x'", 1, 1, "Byte strings")]
    [InlineData("9223372036854775808", 1, 1, "64 bits")]
    [InlineData("1e999", 1, 1, "too large")]
    [InlineData("for", 1, 1, "reserved")]
    [InlineData("has(x)", 1, 1, "has()")]
    [InlineData("x.all(1, true)", 1, 7, "variable")]
    [InlineData("x.all(y)", 1, 3, "variable")]
    [InlineData("Foo{a: 1}", 1, 4, "Messages")]
    [InlineData("[1,,2]", 1, 4, "value")]
    [InlineData("f(1,)", 1, 5, "value after")]
    [InlineData("a.in", 1, 3, "name")]
    [InlineData("1 2", 1, 3, "operator")]
    public void Error_OfSyntax_IsAtItsPlaceAndSaysWhatToDo(string source, int line, int column, string says)
    {
        var error = Assert.Single(Errors(source));

        Assert.Equal(("expression.syntax", line, column), (error.Code, error.Line, error.Column));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_OfASource_AreReportedAllAtOnce()
    {
        var errors = Errors("client.asets > 1.0 &&\nvisit.ever() || now == 3 && client.tier > 2");

        Assert.Equal([(1, 8), (2, 1), (2, 21), (2, 41)], errors.Select(e => (e.Line, e.Column)));
    }

    [Theory]
    [InlineData("client.assets > 1.0")]
    [InlineData("now > client.opened")]
    [InlineData("inSegment('vip')")]
    [InlineData("trades.ever()")]
    public void Expression_OfAMetric_ReadsOnlyTheEvent(string source) =>
        Assert.False(Expression.TryCompile(source, Scopes.Metric, CelKind.Bool, out _, out _));

    [Fact]
    public void Variable_OfAMacro_HidesTheInputOfItsName() =>
        Assert.True(Scopes.Compile("[1].exists(client, client == 1) && ['a'].all(now, now == 'a')").Evaluate(new FakeInput()).Value);

    [Fact]
    public void Expression_OfAnyType_IsTakenWhereNoneIsExpected()
    {
        Assert.True(Expression.TryCompile("client.assets", Scopes.Segment, out var expression, out _));
        Assert.True(expression.TryEvaluate(new FakeInput(), out CelValue value));
        Assert.Equal("123456.78", value.ToString());
    }

    private static IReadOnlyList<ExpressionError> Errors(string source)
    {
        Assert.False(Expression.TryCompile(source, Scopes.Segment, CelKind.Bool, out var expression, out var errors));
        Assert.Null(expression);
        return errors;
    }
}
