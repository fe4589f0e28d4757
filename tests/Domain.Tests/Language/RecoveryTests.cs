using Engagement.Domain.Language;

namespace Engagement.Domain.Tests.Language;

/// <summary>One slip does not hide the next: an expression is read on behind an error, and one error makes no others.</summary>
public sealed class RecoveryTests
{
    [Theory]
    [InlineData("client.age = 3 & client.risk = 2", "12 == | 16 && | 30 ==")]
    [InlineData("(1 + ) && client.age > 3 && [1,,2] == []", "6 a value | 32 a value")]
    [InlineData("true and false && 1 2 || has(x)", "6 && | 21 an operator | 26 has()")]
    [InlineData("client.age > > 3 || client.tier == “a” || 1u == 1", "14 a value | 36 straight | 44 Unsigned")]
    [InlineData("f(a, b c && d) && x.all(1, true) && true", "8 ')' or ',' | 25 variable")]
    [InlineData("[1, 2 && {1 2} && 3 ]", "13 ':'")]
    [InlineData("client.资产 > 3 && client.age ＞ 3 && a &&", "8 no meaning | 29 full-width | 40 too early")]
    [InlineData("'a\\q' == 'b\\w' && \"", "3 escape | 12 escape | 19 closing")]
    [InlineData("1e999 > 0x || 99999999999999999999 > 1", "1 too large | 9 64 bits | 15 64 bits")]
    [InlineData("client.age ） 3 || # || ok(", "12 full-width | 19 no meaning | 27 a value")]
    public void Errors_OfASource_AreAllFoundAndNoOthers(string source, string expected)
    {
        Assert.False(Expression.TryCompile(source, Scopes.Segment, CelKind.Bool, out _, out var errors));

        var wanted = expected.Split(" | ").Select(e => (Column: int.Parse(e.Split(' ')[0]), Says: e[(e.IndexOf(' ') + 1)..])).ToList();
        Assert.Equal(wanted.Select(w => w.Column), errors.Select(e => e.Column));
        Assert.All(wanted.Zip(errors), p => Assert.Contains(p.First.Says, p.Second.Message, StringComparison.Ordinal));
        Assert.All(errors, e => Assert.Equal("expression.syntax", e.Code));
    }

    [Fact]
    public void Errors_OfASource_AreSaidInChineseToo()
    {
        Assert.False(Expression.TryCompile("client.asets > 1.0", Scopes.Segment, CelKind.Bool, out _, out var errors));

        Assert.Equal("客户没有字段 asets。您是否想写 assets？", Assert.Single(errors).Text.Zh);
    }
}
