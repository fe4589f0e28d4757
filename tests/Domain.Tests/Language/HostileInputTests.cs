using System.Diagnostics;
using System.Reflection;
using CsCheck;
using Engagement.Domain.Language;

namespace Engagement.Domain.Tests.Language;

public sealed class HostileInputTests
{
    public static TheoryData<string, string> Sources() => new()
    {
        { new string('(', 10_000) + "1" + new string(')', 10_000), "expression.too.deep" },
        { new string('[', 10_000), "expression.too.deep" },
        { string.Concat(Enumerable.Repeat("{1:", 5_000)), "expression.too.deep" },
        { string.Concat(Enumerable.Repeat("true?", 3_000)), "expression.syntax" },
        { string.Concat(Enumerable.Repeat("true?true:", 3_000)) + "true", "expression.too.deep" },
        { string.Join('+', Enumerable.Repeat("1", 10_000)) + " == 1", "expression.too.deep" },
        { "event.data" + string.Concat(Enumerable.Repeat(".a", 10_000)), "expression.too.deep" },
        { new string('a', 1_000_000), "expression.too.large" },
        { "'" + new string('汉', 20_000) + "'", "expression.too.large" },
        { string.Concat(Enumerable.Repeat("[1].all(x, ", 20)) + "true" + new string(')', 20), "expression.macros" },
        { string.Join(" && ", Enumerable.Repeat("a = b", 3_000)), "expression.syntax" },
        { string.Concat(Enumerable.Repeat("(1 && ", 60)) + ")", "expression.syntax" },
        { string.Join(" && ", Enumerable.Repeat(")", 5_000)), "expression.syntax" },
        { "client.tier.matches('" + string.Concat(Enumerable.Repeat("(a|b|", 300)) + "')", "expression.regex" },
        { "client.tier.matches('" + string.Concat(Enumerable.Repeat("(x{50}", 45)) + new string(')', 45) + "')", "expression.regex" },
        { string.Join(" && ", Enumerable.Repeat("unknown", 2_000)), "expression.unknown.name" },
        { "client.tier.matches('" + new string('(', 5_000) + "')", "expression.regex" },
        { "\0\u0001\uD800", "expression.syntax" },
    };

    /// <summary>The bounds below mean something: the measure grows with work, and not with waiting.</summary>
    [Fact]
    public void Work_OfThisThread_GrowsWithIt()
    {
        var (wall, work) = (Stopwatch.StartNew(), WorkOfThisThread.Begin());
        while (work.Elapsed < TimeSpan.FromMilliseconds(20))
        {
            Assert.InRange(wall.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        }

        Assert.InRange(work.Elapsed, TimeSpan.Zero, wall.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Compile_OfAHostileSource_IsRefusedSoon(string source, string code)
    {
        var work = WorkOfThisThread.Begin();

        Assert.False(Expression.TryCompile(source, Scopes.Campaign, CelKind.Bool, out _, out var errors));

        Assert.Equal(code, errors[0].Code);
        Assert.InRange(errors.Count, 1, 50);
        Assert.InRange(work.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Compile_OfLongChainsOfLogic_IsFine()
    {
        var source = string.Join(" || ", Enumerable.Repeat("client.risk > 4", 1_500)) + new string(' ', 100) + " || " + new string('!', 1_001) + "false";

        Assert.True(Scopes.Compile(source).Evaluate(new FakeInput()).Value);
    }

    [Theory]
    [InlineData(7, 2)]
    [InlineData(3, 200)]
    public void Evaluation_OfMacroOverMacro_EndsSoon(int depth, int length)
    {
        var list = "[" + string.Join(',', Enumerable.Range(0, length)) + "]";
        var source = string.Concat(Enumerable.Range(0, depth).Select(i => $"{list}.all(x{i}, ")) + "true" + new string(')', depth);
        var work = WorkOfThisThread.Begin();

        var result = Scopes.Compile(source).Evaluate(new FakeInput());

        Assert.Equal(depth == 7, result.Ok);
        Assert.InRange(work.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("['aaaaaaaaaa']", ".map(s, s + s)", ".size() == 0")]
    [InlineData("[[1, 2]]", ".map(s, [s, s])", " == [[1]]")]
    [InlineData("[[1, 2]]", ".map(s, s + s)", ".size() == 0")]
    public void Evaluation_OfDoublings_StaysBounded(string start, string step, string end)
    {
        var source = start + string.Concat(Enumerable.Repeat(step, 60)) + end;
        var compared = end.StartsWith(" ==", StringComparison.Ordinal) ? $"{start}{string.Concat(Enumerable.Repeat(step, 60))} == {start}{string.Concat(Enumerable.Repeat(step, 60))}" : source;
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = Scopes.Compile(compared).Evaluate(new FakeInput());

        Assert.False(result.Ok);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    [Fact]
    public void Code_OfARefusal_StandsInTheProblems()
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ReferenceTests.Find())!, "..", "problems.md"));
        var codes = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!).ToList();

        Assert.Contains("expression.macros", codes);
        Assert.All(codes, code => Assert.Contains($"<a id=\"{code}\"></a>", page, StringComparison.Ordinal));
    }

    /// <summary>What is built inside is charged, so that no combination of it takes long; nor does its explanation, which evaluates parts again.</summary>
    [Theory]
    [InlineData("{0}.all(a, {0}.all(b, {0}.exists(c, c == a + b)))")]
    [InlineData("{0}.map(a, {0}.map(b, string(a) + string(b))).exists(l, l.exists(t, t == 'x'))")]
    [InlineData("{0}.map(a, {0}).map(l, l + l + l).filter(l, l == {0} + {0} + {0}).size() > 3")]
    [InlineData("{0}.map(a, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' + string(a)).exists(t, t.matches(t + '(a|b)*$'))")]
    [InlineData("client.tags.map(t, t + t).map(t, t + t).map(t, t + t).all(t, {0}.all(n, size(t) > 3 && int(t + '1') > n))")]
    [InlineData("client.holdings.map(s, client.holdings).exists(m, m == client.holdings && m.all(s, m[s] == 0.5))")]
    public void Evaluation_OfAnyWork_EndsSoonAndSoDoesItsExplanation(string form)
    {
        var list = "[" + string.Join(", ", Enumerable.Range(0, 100)) + "]";
        var input = new FakeInput { Lists = { [ClientList.Tags] = [.. Enumerable.Range(0, 256).Select(i => new string('7', 250) + i)] } };
        foreach (var i in Enumerable.Range(0, 500))
        {
            input.Positions[$"s{i}"] = i;
        }

        var one = form.Replace("{0}", list, StringComparison.Ordinal);
        var expression = Scopes.Compile(string.Join(" || ", Enumerable.Repeat($"({one})", Math.Min(30, 30_000 / (one.Length + 6)))));
        var work = WorkOfThisThread.Begin();

        expression.Evaluate(input);
        expression.Explain(input);

        Assert.InRange(work.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Matches_WithACatastrophicPattern_IsLinear()
    {
        var input = new FakeInput { Texts = { [ClientText.Tier] = new string('a', 30_000) + "!" } };
        var work = WorkOfThisThread.Begin();

        Assert.Equal((true, false), Scopes.Compile("client.tier.matches('^(a+)+$') || client.tier.matches('^(a|aa)+$')").Evaluate(input) is var result ? (result.Ok, result.Value) : default);

        Assert.InRange(work.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Compile_OfAnyTokens_NeverThrows()
    {
        string[] words =
        [
            "client", ".", "assets", "now", "trades", "count", "(", ")", "[", "]", "{", "}", ",", ":", "?", "&&", "||", "!", "-", "+", "*", "/", "%", "<", ">=", "==", "!=",
            "in", "has", "all", "map", "x", "1", "0x1F", "1.5", "'a'", "r\"\\\"", "'''", "`a b`", "true", "null", "\"30d\"", "duration", "timestamp", "matches", "getHours", "//", "\n", "\\", "汉", "event", "data",
        ];

        Gen.OneOf(words).Array[0, 25].Sample(
            tokens =>
            {
                var source = string.Join(tokens.Length % 2 == 0 ? " " : "", tokens);
                if (Expression.TryCompile(source, Scopes.Campaign, CelKind.Bool, out var expression, out var errors))
                {
                    expression.Evaluate(new FakeInput());
                    expression.Explain(new FakeInput());
                }
                else
                {
                    Assert.NotEmpty(errors);
                    Assert.All(errors, e => Assert.InRange(e.Offset, 0, source.Length));
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void Compile_OfAnyPattern_NeverThrows()
    {
        string[] words = ["a", "(", ")", "[", "]", "^", "$", ".", "*", "+", "?", "{2}", "{1,}", "{", "|", "\\d", "\\W", "\\pL", "\\p{Lu}", "\\x41", "\\b", "\\", "-", "😀", "(?i)", "(?:", "(?P<n>", "[:alpha:]", "[^", "z"];

        Gen.OneOf(words).Array[0, 12].Sample(
            parts =>
            {
                var source = $"client.tier.matches(r\"\"\"{string.Concat(parts)}\"\"\")";
                if (Expression.TryCompile(source, Scopes.Segment, CelKind.Bool, out var expression, out _))
                {
                    expression.Evaluate(new FakeInput { Texts = { [ClientText.Tier] = "abAB12😀-z" } });
                }
            },
            iter: 500);
    }
}
