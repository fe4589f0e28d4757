using Engagement.Domain.Language;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Tests.Language;

/// <summary>The corners of CEL that its definition names, beside the conformance cases.</summary>
public sealed class SemanticsTests
{
    [Theory]
    [InlineData("1 < 1.5 && 2.0 > 1 && 9007199254740993 > 9007199254740992.0", "true")]
    [InlineData("9223372036854775807 < 9223372036854775808.0", "true")]
    [InlineData("0.0 / 0.0 < 1 || 0.0 / 0.0 >= 1", "false")]
    [InlineData("[1, 'a'] == [1.0, 'a']", "true")]
    [InlineData("{1: 'a', 'b': 2}[1.0]", "\"a\"")]
    [InlineData("1.0 in {1: 'a', 'b': 2}", "true")]
    [InlineData("'\\uFF5E' < '😀'", "true")]
    [InlineData("size('😀a') == 2 && '😀a'.size() == 2", "true")]
    [InlineData("-9223372036854775808 == -0x8000000000000000", "true")]
    [InlineData("-5 / 2 == -2 && -5 % 2 == -1", "true")]
    [InlineData("1 + 2 * 3 - 4 / 2 % 3 == 5 && !(1 > 2 == true)", "true")]
    [InlineData("false && 1 / 0 > 0 || true", "true")]
    [InlineData("[1, 0].exists(x, 1 / x == 1) && ![0, 1].all(x, 1 / x == 2)", "true")]
    [InlineData("{'a': 1, 'b': 2}.map(k, k + '!')", "[\"a!\", \"b!\"]")]
    [InlineData("[1, 2, 3, 4].map(n, n % 2 == 0, n * 2)", "[4, 8]")]
    [InlineData("[{'a': 10, 'b': 5, 'c': 20}].map(m, m.filter(key, m[key] > 10))", "[[\"c\"]]")]
    [InlineData("[1].exists(x, [2].exists(x, x == 2) && x == 1)", "true")]
    [InlineData("[3.14, 1e21, -4.56e+88, 1e-7, 100000000.0, 2.0, 1e15].map(d, string(d))", "[\"3.14\", \"1e+21\", \"-4.56e+88\", \"1e-07\", \"100000000\", \"2\", \"1000000000000000\"]")]
    [InlineData("string(duration('1m1ms')) + string(duration('-1.5h'))", "\"60.001s-5400s\"")]
    [InlineData("duration('1h34us').getMinutes() == 60 && duration('1.234s').getMilliseconds() == 234", "true")]
    [InlineData("duration('0') == duration('0s') && duration('-23.4s') < duration('.5ms')", "true")]
    [InlineData("string(timestamp('2023-08-26T12:39:00.5-07:00'))", "\"2023-08-26T19:39:00.5Z\"")]
    [InlineData("timestamp('2023-12-25T00:00:00Z').getDate('America/Los_Angeles')", "24")]
    [InlineData("timestamp('2023-12-25T00:00:00Z').getMinutes('-03:30')", "30")]
    [InlineData("timestamp('1990-07-01T00:00:00Z').getHours('Asia/Shanghai') == 9 && timestamp('1993-07-01T00:00:00Z').getHours('Asia/Shanghai') == 8", "true")]
    [InlineData("int('-5') + int(3.99) + int(timestamp('1970-01-01T00:01:00Z'))", "58")]
    [InlineData("double('NaN') == double('NaN') || double('-inf') > 0.0", "false")]
    [InlineData("true ? 1 : 1 / 0", "1")]
    [InlineData("'''a\n\"b''' + r'\\d' // and so on", "\"a\n\"b\\d\"")]
    [InlineData("{'a.b': 1}.`a.b` + {'in-': 2}.`in-`", "3")]
    [InlineData("1 // one\r+ 1 // two\r\n+ 1", "3")]
    [InlineData("timestamp('9999-12-31T20:00:00Z').getFullYear('+08:00') == 10000 && timestamp('9999-12-31T20:00:00Z').getDayOfWeek('+08:00') == 6", "true")]
    [InlineData("timestamp('0001-01-01T00:00:00Z').getFullYear('America/New_York') == 0 && timestamp('0001-01-01T00:00:00Z').getDayOfYear('-08:00') == 365", "true")]
    [InlineData("timestamp('1969-12-31T23:59:59.5Z').getMilliseconds() == 500 && int(timestamp('1969-12-31T23:59:59.5Z')) == -1", "true")]
    [InlineData("double('1.') + double('-.5e1') == -4.0", "true")]
    [InlineData("string(duration('9223372036.854775807s')) + string(duration('-9223372036.854775808s'))", "\"9223372036.854775807s-9223372036.854775808s\"")]
    [InlineData("----9223372036854775807 == 9223372036854775807 && 1--1 == 2 && - -1 == 1", "true")]
    [InlineData("['a', 'b'].exists(e, e.matches('(?i)^[^a]$')) && '股票ABC'.matches(r'\\b[A-C]+\\b')", "true")]
    public void Expression_OfTheDefinition_HasItsValue(string source, string expected)
    {
        var evaluated = FreeExpression.TryEvaluate(source, new Dictionary<string, CelValue>(), check: false, out var value, out var error);

        Assert.True(evaluated, error);
        Assert.Equal(expected, CelText.Shown(value));
    }

    [Theory]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("-9223372036854775808 / -1")]
    [InlineData("-9223372036854775808 % -1")]
    [InlineData("-(-9223372036854775808)")]
    [InlineData("1 % 0")]
    [InlineData("1 + 1.0")]
    [InlineData("'a' + 1")]
    [InlineData("int(9223372036854775807.0)")]
    [InlineData("int('0x10')")]
    [InlineData("int(' 1')")]
    [InlineData("double('')")]
    [InlineData("{'a': 1, 'a': 2}")]
    [InlineData("{1.0: 1}")]
    [InlineData("{'a': 1}.b")]
    [InlineData("[1][-1]")]
    [InlineData("[1][0.5]")]
    [InlineData("'abc'.x")]
    [InlineData("has('abc'.x)")]
    [InlineData("[1, 2].exists_one(x, 1 / (x - 1) > 0)")]
    [InlineData("1 in 1")]
    [InlineData("true && 1")]
    [InlineData("duration('1d')")]
    [InlineData("duration('1h 2m')")]
    [InlineData("duration('')")]
    [InlineData("duration('9223372037s')")]
    [InlineData("duration('99999999999999999999999999h')")]
    [InlineData("timestamp('2023-02-29T00:00:00Z')")]
    [InlineData("timestamp('2023-08-26 12:39:00Z')")]
    [InlineData("timestamp('2023-08-26T12:39:00')")]
    [InlineData("timestamp('2023-08-26T12:39:00.Z')")]
    [InlineData("timestamp('0001-01-01T00:00:00+01:00')")]
    [InlineData("timestamp('2023-08-26T12:39:00Z').getHours('../../etc/passwd')")]
    [InlineData("timestamp('2023-08-26T12:39:00Z').getHours('+8')")]
    [InlineData("'a'.matches('(')")]
    [InlineData("0X10")]
    [InlineData("0x8000000000000000")]
    [InlineData("--9223372036854775808")]
    [InlineData("---9223372036854775808")]
    [InlineData("int('1\\u0000')")]
    [InlineData("double('1.5\\u0000')")]
    [InlineData("duration('9223372036.854775808s')")]
    [InlineData("timestamp('2023-08-26T12:39:00+08:0\\u0000')")]
    [InlineData("timestamp('2023-08-26T12:39:00Z').getHours('+08:0\\u0000')")]
    [InlineData("timestamp('2023-08-26T12:39:00Z').getHours('China Standard Time')")]
    [InlineData("timestamp('2023-08-26T12:39:00Z').getHours('right/Asia/Shanghai')")]
    [InlineData("timestamp('2023-06-30T23:59:60Z')")]
    [InlineData("timestamp('2023-08-26T24:00:00Z')")]
    public void Expression_OutsideTheDefinition_IsAnError(string source) =>
        Assert.False(FreeExpression.TryEvaluate(source, new Dictionary<string, CelValue>(), check: false, out _, out _));

    /// <summary>.NET reads a number up to a NUL. Written here, not as test data: a test's name cannot hold one.</summary>
    [Fact]
    public void Digits_WithANulBehind_AreNoNumber()
    {
        Assert.All(
            ["'\\x4\0'", "'\\u41\0\0'", "'A'.matches(r'\\x4\0')", "'A'.matches(r'A{1\0}')"],
            source => Assert.False(FreeExpression.TryEvaluate(source, new Dictionary<string, CelValue>(), check: false, out var value, out _) && (value.Kind != CelKind.Bool || value.AsBool), source));
        Assert.False(Window.TryParse("3\0d", out _));
    }
}
