using Engagement.Domain.Language;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Tests.Language;

/// <summary>
/// CEL's definition, area by area, in cases of our own: what the conformance file beside the repository shows one half of
/// (every accessor, both kinds of quotes, every reserved word, every side of an operator).
/// </summary>
public sealed class DefinitionTests
{
    private static readonly Dictionary<string, CelValue> Bindings = new()
    {
        ["x"] = CelValue.Of(123),
        ["d"] = CelValue.Of(9.8),
        ["t"] = CelValue.Of("text"),
        ["n"] = CelValue.Null,
        ["l"] = CelValue.Of([CelValue.Of(2L), CelValue.Of(1L)]),
        ["m"] = CelValue.Of([new KeyValuePair<CelValue, CelValue>(CelValue.Of("k"), CelValue.Of("v"))]),
        ["p.q"] = CelValue.Of(true),
        ["p.q.r"] = CelValue.Of("long"),
        ["false"] = CelValue.Of(true),
        ["null"] = CelValue.Of(true),
        ["when"] = CelValue.Timestamp(1_234_567_890, 123_456_789),
        ["span"] = CelValue.Duration(123, 321_456_789),
    };

    /// <summary>With the check, as an expression of the catalogue is read.</summary>
    [Theory]
    [InlineData("-1", "-1")]
    [InlineData("-0x55555555", "-1431655765")]
    [InlineData("0x0 == 0 && 0x10 == 16", "true")]
    [InlineData("[.5, 0.0e-0, 1e3, 1.E2 == 100.0]", null)]
    [InlineData("[.5, 0.0e-0, 1e3, 2.5E+2, -2.3e-1]", "[0.5, 0, 1000, 250, -0.23]")]
    [InlineData("['', \"\", '''''', \"\"\"\"\"\", r'', r\"\", R'''''', r\"\"\"\"\"\"]", "[\"\", \"\", \"\", \"\", \"\", \"\", \"\", \"\"]")]
    [InlineData("'\"' + \"'\" + \"\\\"\" + \"\"\"a\"b\"\"c\"\"\"", "\"\"'\"a\"b\"\"c\"")]
    [InlineData("\"\\101\\x41\\X41\\u0041\\U00000041\\377\"", "\"AAAAAÿ\"")]
    [InlineData("r\"\\n\\'\" + R'''\\u00e9'''", "\"\\n\\'\\u00e9\"")]
    [InlineData("'\\xe9' == 'é' && '\\u00E9' == '\\351'", "true")]
    [InlineData("\"\"\"a\r\nb\"\"\"", "\"a\r\nb\"")]
    [InlineData("null", "null")]
    [InlineData("[null, true, {}, []]", "[null, true, {}, []]")]
    [InlineData("x", "123")]
    [InlineData("null == true", null)]
    [InlineData("unknown", null)]
    [InlineData("x == 123 && 122 < x && d != 9.9 && t == 'text' && n == null && [2, 1] == l && m == {'k': 'v'}", "true")]
    [InlineData("m.k + m['k']", "\"vv\"")]
    [InlineData("m.z", null)]
    [InlineData("has(m.k) && !has(m.z) && has({'a': null}.a)", "true")]
    [InlineData("p.q", "true")]
    [InlineData("p.q.r", "\"long\"")]
    [InlineData(".x == 123 && [1].all(x, .x == 123)", "true")]
    [InlineData("[1.0, 2] == [1, 2.0] && [1.0, [1]] != [1, [1.5]] && {'a': 1, 'b': 1.0} == {'b': 1, 'a': 1.0}", "true")]
    [InlineData("{'a': 1, 'b': 2} == {'b': 2, 'a': 1} && {true: 1}[true] == 1", "true")]
    [InlineData("[true, false] == [true, false] && [1] != [1, 1] && [] != [[]]", "true")]
    [InlineData("'a' != 'A' && 'é' == '\\u00e9' && 'b' > 'a' && '\\U0001F600' > '\\uFFFD' && 'ab' >= 'aa'", "true")]
    [InlineData("false < true && true >= true && !(true <= false) && false <= false", "true")]
    [InlineData("-1.5 < -1.25 && 1e308 * 10.0 > 1.7e308 && -0.0 == 0.0", "true")]
    [InlineData("1 < 1.5 && 2.5 >= 2 && 3 <= 3.0 && -9223372036854775808 < -9223372036854775807.5 + 2000.0", "true")]
    [InlineData("1 in [1.0, 2.0]", null)]
    [InlineData("1 in [3, 'a', 1.0] && !('z' in ['a']) && 2 in {2: null} && !(2 in {})", "true")]
    [InlineData("7 in [] || [] in [[]]", "true")]
    [InlineData("1 / 0 == 1 || true", "true")]
    [InlineData("true || 1 / 0 == 1", "true")]
    [InlineData("1 / 0 == 1 && false", "false")]
    [InlineData("1 / 0 == 1 || false", null)]
    [InlineData("true && 1 / 0 == 1", null)]
    [InlineData("false ? 1 / 0 : 2", "2")]
    [InlineData("true ? 1 / 0 : 2", null)]
    [InlineData("(1 / 0 > 0 ? true : false) || true", "true")]
    [InlineData("!(!true) && !!true && !!!false", "true")]
    [InlineData("true ? false ? 1 : 2 : 3", null)]
    [InlineData("true ? (false ? 1 : 2) : 3", "2")]
    [InlineData("1 - 2 - 3 == -4 && 2 + 3 * 4 == 14 && 24 / 4 / 2 == 3 && -2 * -3 == 6 && 7 % 4 * 2 == 6", "true")]
    [InlineData("1 < 2 == true && 1 + 1 in [2] && !false && -1 < 0", "true")]
    [InlineData("7 / -2 == -3 && 7 % -2 == 1 && -7 % 2 == -1", "true")]
    [InlineData("9223372036854775807 * -1 == -9223372036854775807 && -9223372036854775807 - 1 == -9223372036854775808", "true")]
    [InlineData("9223372036854775806 + 1 == 9223372036854775807", "true")]
    [InlineData("4611686018427387904 * 2", null)]
    [InlineData("-9223372036854775808 * 2", null)]
    [InlineData("-9223372036854775807 - 2", null)]
    [InlineData("0 - -9223372036854775808", null)]
    [InlineData("5 % 0", null)]
    [InlineData("-5 / 0", null)]
    [InlineData("0.0 / 0.0 != 0.0 / 0.0 && 1.0 / 0.0 == 2.0 / 0.0 && -1.0 / 0.0 < 0.0", "true")]
    [InlineData("2.0 * 8.988466e+307", "+Inf")]
    [InlineData("-1.5 - -0.5 == -1.0 && 2.5 / -0.5 == -5.0 && -(1.5) == -1.5", "true")]
    [InlineData("size('') == 0 && 'four'.size() == 4 && size('\\U0001F431\\U0001F600') == 2 && size('e\\u0301') == 2", "true")]
    [InlineData("size([]) == 0 && size({}) == 0 && [1, [2, 3]].size() == 2 && {1: 2}.size() == 1", "true")]
    [InlineData("'foobar'.startsWith('foo') && ''.startsWith('') && !''.startsWith('a') && '\\U0001F431a'.startsWith('\\U0001F431')", "true")]
    [InlineData("'foobar'.endsWith('bar') && !'foobar'.endsWith('foo') && 'x'.endsWith('') && 'завтра'.endsWith('ра')", "true")]
    [InlineData("'a😀b'.contains('😀') && 'x'.contains('') && ''.contains('') && !'x'.contains('xx')", "true")]
    [InlineData("'grey'.matches('gr(a|e)y') && 'cow'.matches('') && ''.matches('') && !''.matches('x') && 'mañana'.matches('a+ñ+a+n+a+')", "true")]
    [InlineData("matches('abcd', 'bc') && !matches('abcd', '^bc') && 'abcd'.matches('^a.*d$')", "true")]
    [InlineData("'banana'.matches('^b(an){2}a$') && 'foobar'.matches('(?:foo|bar)+') && 'Aa'.matches('(?i)^a{2}$')", "true")]
    [InlineData("'' + '' == '' && 'a' + 'b' + 'c' == 'abc' && 'ta©o' + 'αλ' == 'ta©oαλ'", "true")]
    [InlineData("[1] + [2, 3] + [] == [1, 2, 3] && [1] + ['a'] == [1, 'a'] && [[1]] + [[2]] == [[1], [2]]", "true")]
    [InlineData("[1, 2][1] + [[3]][0][0]", "5")]
    [InlineData("[1, 2][2]", null)]
    [InlineData("[1][-1]", null)]
    [InlineData("[][0]", null)]
    [InlineData("{'a': {'b': [10, 20]}}.a.b[1]", "20")]
    [InlineData("{true: 1, 2: 'x', 'k': 2.5}[2]", "\"x\"")]
    [InlineData("{'a': 1}['b']", null)]
    [InlineData("{true: 1, false: 2, true: 3}[true]", null)]
    [InlineData("{true: null}[true] == null && {'a': [1]}['a'] == [1]", "true")]
    [InlineData("{'a b': 1, 'c.d': 2, '/e': 3, 'f-g': 4}.`a b` + {'c.d': 2}.`c.d` + {'/e': 3}.`/e` + {'f-g': 4}.`f-g`", "10")]
    [InlineData("has({'f-g': 4}.`f-g`) && !has({'f-g': 4}.`f.g`) && has({'/a/b': 1}.`/a/b`)", "true")]
    [InlineData("{'if': 1, 'break': 2}.if + {'package': 3}.package + {'void': 4}.void + {'let': 5}.let", "13")]
    [InlineData("{'break': 1}.break + {'continue': 1}.continue + {'for': 1}.for + {'return': 1}.return", "4")]
    [InlineData("{'in': 1}.`in` + {'true': 1}.`true` + {'null': 2}.`null`", "4")]
    [InlineData("has({'for': 1}.for)", "true")]
    [InlineData("double(5) == 5.0 && double(-0) == 0.0 && double('1e3') == 1000.0 && double('-.5') == -0.5 && double(9223372036854775807) == 9223372036854775807.0", "true")]
    [InlineData("double('Infinity') == 1.0 / 0.0 && double('-inf') == -1.0 / 0.0 && double('NaN') != double('NaN')", "true")]
    [InlineData("double('x')", null)]
    [InlineData("double('1e400')", null)]
    [InlineData("double(' 1')", null)]
    [InlineData("int(3.9) == 3 && int(-3.9) == -3 && int('-987') == -987 && int('+5') == 5 && int(-0.0) == 0 && int(5) == 5", "true")]
    [InlineData("int(1e99)", null)]
    [InlineData("int(9223372036854775807.0)", null)]
    [InlineData("int(0.0 / 0.0)", null)]
    [InlineData("int('9223372036854775808')", null)]
    [InlineData("int('1.5')", null)]
    [InlineData("int('')", null)]
    [InlineData("string(-123) + string(true) + string('a') + string(1e100) + string(-4.5e-3) + string(1.0)", "\"-123truea1e+100-0.00451\"")]
    [InlineData("[bool('1'), bool('t'), bool('T'), bool('TRUE'), bool('True'), bool('true')].all(b, b)", "true")]
    [InlineData("[bool('0'), bool('f'), bool('F'), bool('FALSE'), bool('False'), bool('false')].exists(b, b)", "false")]
    [InlineData("bool('tRuE')", null)]
    [InlineData("bool('yes')", null)]
    [InlineData("bool(1)", null)]
    [InlineData("bool('')", null)]
    [InlineData("timestamp(timestamp(0)) == timestamp('1970-01-01T00:00:00Z') && duration(duration('1s')) == duration('1000ms')", "true")]
    [InlineData("int(when) == 1234567890 && string(when) == '2009-02-13T23:31:30.123456789Z' && timestamp(1234567890) < when", "true")]
    [InlineData("timestamp('2009-02-13T23:31:30+05:30') == timestamp('2009-02-13T18:01:30Z') && timestamp('2009-02-13t23:31:30z') == timestamp(1234567890)", null)]
    [InlineData("timestamp('2009-02-13T23:31:30+05:30') == timestamp('2009-02-13T18:01:30.000Z')", "true")]
    [InlineData("[when.getFullYear(), when.getMonth(), when.getDate(), when.getDayOfMonth(), when.getDayOfWeek(), when.getDayOfYear()]", "[2009, 1, 13, 12, 5, 43]")]
    [InlineData("[when.getHours(), when.getMinutes(), when.getSeconds(), when.getMilliseconds()]", "[23, 31, 30, 123]")]
    [InlineData("['Asia/Shanghai'].map(z, [when.getFullYear(z), when.getMonth(z), when.getDate(z), when.getDayOfMonth(z), when.getDayOfWeek(z), when.getDayOfYear(z)])[0]", "[2009, 1, 14, 13, 6, 44]")]
    [InlineData("[when.getHours('Asia/Kathmandu'), when.getMinutes('Asia/Kathmandu'), when.getSeconds('America/St_Johns'), when.getMilliseconds('UTC')]", "[5, 16, 30, 123]")]
    [InlineData("[when.getHours('-09:30'), when.getMinutes('-09:30'), when.getHours('+05:45'), when.getHours('23:00'), when.getDate('-23:59')]", "[14, 1, 5, 22, 12]")]
    [InlineData("timestamp('2024-12-31T23:59:59Z').getDayOfYear() == 365 && timestamp('2023-01-01T00:00:00Z').getDayOfWeek() == 0 && timestamp('2024-02-29T12:00:00Z').getDayOfYear('+12:00') == 60", "true")]
    [InlineData("timestamp('2023-07-01T00:00:00Z').getHours('America/New_York') == 20 && timestamp('2023-01-01T00:00:00Z').getHours('US/Eastern') == 19", "true")]
    [InlineData("when.getHours('Nowhere/Land')", null)]
    [InlineData("when.getHours('+25:00')", null)]
    [InlineData("[span.getHours(), span.getMinutes(), span.getSeconds(), span.getMilliseconds()]", "[0, 2, 123, 321]")]
    [InlineData("duration('-90m').getHours() == -1 && duration('-90m').getMinutes() == -90 && duration('1.999s').getSeconds() == 1", "true")]
    [InlineData("span.getDate()", null)]
    [InlineData("timestamp(100) + duration('1m40s') == timestamp(200) && duration('100s') + timestamp(100) == timestamp(200) && timestamp(200) - duration('100s') == timestamp(100)", "true")]
    [InlineData("timestamp(200) - timestamp(100) == duration('100s') && duration('10s') - duration('15s') == duration('-5s') && duration('1h') + duration('-1h') == duration('0')", "true")]
    [InlineData("timestamp(1) < timestamp(2) && timestamp(2) <= timestamp(2) && timestamp(2) >= timestamp(1) && timestamp(2) != timestamp(1) && !(timestamp(1) > timestamp(1))", "true")]
    [InlineData("duration('1ns') > duration('0s') && duration('1us') >= duration('1000ns') && duration('-1s') < duration('1ms') && duration('2s') <= duration('2s')", "true")]
    [InlineData("string(duration('1.5h')) + string(duration('-1ns')) + string(duration('0'))", "\"5400s-0.000000001s0s\"")]
    [InlineData("timestamp('9999-12-31T23:59:59Z') + duration('1s')", null)]
    [InlineData("timestamp('0001-01-01T00:00:00Z') - duration('1ns')", null)]
    [InlineData("timestamp('0001-01-01T00:00:00Z') - timestamp('9999-12-31T23:59:59Z')", null)]
    [InlineData("timestamp(253402300800)", null)]
    [InlineData("timestamp(-62135596801)", null)]
    [InlineData("duration('320000000000s')", null)]
    [InlineData("duration('200000000000s') + duration('200000000000s')", null)]
    [InlineData("duration('one second')", null)]
    [InlineData("timestamp('yesterday')", null)]
    [InlineData("[1, 2, 3].exists(e, e > 2) && ![].exists(e, true) && {'a': 1}.exists(k, k == 'a')", "true")]
    [InlineData("[1, 2].all(e, e > 0) && [].all(e, false) && {'a': 1, 'b': 2}.all(k, k != 'c')", "true")]
    [InlineData("[1, 0, 2].exists(e, 4 / e == 2)", "true")]
    [InlineData("[0, 1].exists(e, 4 / e == 2)", null)]
    [InlineData("[0, 1].all(e, 4 / e == 4)", null)]
    [InlineData("[1, 'foo', 3].all(e, e != 'bar') && [1, 'foo', 3].exists(e, e != '1')", "true")]
    [InlineData("[6, 7, 8].exists_one(e, e % 5 == 7) || [7, 7].exists_one(e, e == 7)", "false")]
    [InlineData("[3, 2, 1, 0].exists_one(n, 12 / n > 1)", null)]
    [InlineData("[1, 2].map(n, n * 2) + [].map(n, n) + {'k': 1}.map(k, 7)", "[2, 4, 7]")]
    [InlineData("[1, 2, 3].map(n, n > 1, n * n)", "[4, 9]")]
    [InlineData("{'a': 1, 'bb': 2}.filter(k, size(k) > 1)", "[\"bb\"]")]
    [InlineData("[[1, 2], [3]].map(l, l.map(n, n + 1)).filter(l, l.exists(n, n == 4))", "[[4]]")]
    [InlineData("[1, 2].all(x, [3].exists(y, x < y)) && [1].exists(x, [x].exists(x, x == 1))", "true")]
    [InlineData("[1,  // one\n 2 // two\n]", "[1, 2]")]
    [InlineData("1\t+\f2\r\n+ 3// the end", "6")]
    [InlineData("((((((((((((((((((((((((((((((((7))))))))))))))))))))))))))))))))", "7")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    [InlineData("int(int(int(int(int(int(int(int(int(int(int(int(int(int(int(int(int(int(int(int(int(int(int(int(7))))))))))))))))))))))))", "7")]
    [InlineData("[1, 2, 3,] == [1, 2, 3] && {'a': 1,} == {'a': 1}", "true")]
    [InlineData("3 < 4 < 5", null)]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!true", "true")]
    public void Expression_OfAnArea_HasItsValueOrFails(string source, string? expected) => Check(source, expected, check: true);

    /// <summary>How much of everything an implementation must take at least.</summary>
    [Fact]
    public void Expression_OfTheLeastSizes_IsTaken()
    {
        Check(string.Join(" || ", Enumerable.Repeat("false", 32)), "false", check: true);
        Check(string.Join(" && ", Enumerable.Repeat("true", 32)), "true", check: true);
        Check(string.Concat(Enumerable.Repeat("true ? 1 : ", 24)) + "2", "1", check: true);
        Check("true" + string.Concat(Enumerable.Repeat(" == true", 24)), "true", check: true);
        Check("1" + string.Concat(Enumerable.Repeat(" + 1", 32)) + string.Concat(Enumerable.Repeat(" - 1", 32)), "1", check: true);
        Check("64" + string.Concat(Enumerable.Repeat(" * 2 / 2", 16)) + " % 7", "1", check: true);
        Check(new string('!', 32) + "true", "true", check: true);
        Check(string.Concat(Enumerable.Repeat("[1].exists(x, ", 12)) + "x == 1" + new string(')', 12), "true", check: true);
        Check(string.Concat(Enumerable.Repeat("[0].map(x, ", 12)) + "x" + new string(')', 12) + string.Concat(Enumerable.Repeat("[0]", 12)), "0", check: true);
        Check(string.Concat(Enumerable.Repeat("{'a': ", 12)) + "7" + new string('}', 12) + string.Concat(Enumerable.Repeat(".a", 12)), "7", check: true);
        Check("size({" + string.Join(", ", Enumerable.Range(0, 32).Select(i => $"{i}: {i}")) + "})", "32", check: true);
    }

    /// <summary>Without the check, where the failure comes when it is evaluated.</summary>
    [Theory]
    [InlineData("1 == 1.0 && 1 != 'a' && null != 0 && [] != {}", "true")]
    [InlineData("[1] == ['a'] || {'a': 1} == [] || true == 1", "false")]
    [InlineData("1 in [1.0, 'a'] && 1.0 in [1] && 3.0 in {3: 'a'} && !(3.1 in {3: 'a'})", "true")]
    [InlineData("{1: 1.0} == {1: 1} && [[1]] != [[1.5]] && null != true", "true")]
    [InlineData("1 < 'a'", null)]
    [InlineData("null <= null", null)]
    [InlineData("{} > {}", null)]
    [InlineData("[1] >= [1]", null)]
    [InlineData("'a' && false", "false")]
    [InlineData("false && 'a'", "false")]
    [InlineData("'a' && true", null)]
    [InlineData("'a' || true", "true")]
    [InlineData("1 || false", null)]
    [InlineData("'a' && 'b'", null)]
    [InlineData("!0", null)]
    [InlineData("-'a'", null)]
    [InlineData("-null", null)]
    [InlineData("true ? 'a' : 1", "\"a\"")]
    [InlineData("1 ? 2 : 3", null)]
    [InlineData("1 + 1.0", null)]
    [InlineData("5.5 % 2.0", null)]
    [InlineData("'a' * 2", null)]
    [InlineData("true + true", null)]
    [InlineData("f(1)", null)]
    [InlineData("f(1) && false", "false")]
    [InlineData("unknown || true", "true")]
    [InlineData("t.unknown || true", "true")]
    [InlineData("x.f() || true", "true")]
    [InlineData("a.as() || a.const() || a.else() || a.function() || a.import() || a.loop() || a.namespace() || a.var() || a.while() || true", "true")]
    [InlineData("x.y", null)]
    [InlineData("l.y", null)]
    [InlineData("{1.5: 'a'}[1.5]", null)]
    [InlineData("{null: 1}", null)]
    [InlineData("{[]: 1}", null)]
    [InlineData("l[0.0] + l[1]", "3")]
    [InlineData("l['a']", null)]
    [InlineData("m[1]", null)]
    [InlineData("size(1)", null)]
    [InlineData("'a'.contains(1)", null)]
    [InlineData("1.startsWith('a')", null)]
    [InlineData("'a'.matches(1)", null)]
    [InlineData("timestamp('2009-02-13T23:31:30Z') + timestamp('2009-02-13T23:31:30Z')", null)]
    [InlineData("duration('1s') * 2", null)]
    [InlineData("duration('1s') < timestamp(1)", null)]
    [InlineData("duration('1s') == timestamp(1)", "false")]
    [InlineData("string(null)", null)]
    [InlineData("string([])", null)]
    [InlineData("int(true)", null)]
    [InlineData("int(null)", null)]
    [InlineData("5.all(e, true)", null)]
    [InlineData("[1, 2].all(e, e)", null)]
    [InlineData("[1].filter(e, 'a')", null)]
    [InlineData("bytes", null)]
    [InlineData("int", null)]
    [InlineData("type(1)", null)]
    [InlineData("dyn(1)", null)]
    public void Expression_Unchecked_HasItsValueOrFailsWhenEvaluated(string source, string? expected) => Check(source, expected, check: false);

    private static void Check(string source, string? expected, bool check)
    {
        var evaluated = FreeExpression.TryEvaluate(source, Bindings, check, out var value, out var error);

        Assert.True(evaluated == expected is not null, evaluated ? $"It is {CelText.Shown(value)}" : error);
        if (evaluated)
        {
            Assert.Equal(expected, CelText.Shown(value));
        }
    }
}
