using System.Text.RegularExpressions;
using CsCheck;
using Engagement.Domain.Language.Patterns;

namespace Engagement.Domain.Tests.Language;

public sealed class LinearRegexTests
{
    [Theory]
    [InlineData("^.$", "😀", true)]
    [InlineData("^[^a]{2}$", "😀汉", true)]
    [InlineData("^[😀-😂]$", "😁", true)]
    [InlineData("^[😀-😂]$", "😃", false)]
    [InlineData("a$", "a\n", false)]
    [InlineData("(?m)^b$", "a\nb\nc", true)]
    [InlineData("a.c", "a\nc", false)]
    [InlineData("(?s)a.c", "a\nc", true)]
    [InlineData("(?i)ABC", "xabcx", true)]
    [InlineData("(?i:A)b", "aB", false)]
    [InlineData("^\\d+$", "١٢", false)]
    [InlineData("^\\p{Han}+$", "券商𠮷", true)]
    [InlineData("^\\p{L}+$", "Straße券", true)]
    [InlineData("^[^\\p{L}]+$", "12😀", true)]
    [InlineData("^\\PL+$", "12a", false)]
    [InlineData("^[[:alpha:]_-]+$", "a_b-c", true)]
    [InlineData("^(?P<code>688\\d{3}|300\\d{3})$", "688111", true)]
    [InlineData("^x{2,}y?$", "xxx", true)]
    [InlineData("a{,2}", "a{,2}", true)]
    [InlineData("[]a]+", "]", true)]
    [InlineData("\\x{4E70}", "买", true)]
    [InlineData("", "anything", true)]
    [InlineData("^[[:]+$", "[:[", true)]
    [InlineData("^[^[:]$", ":", false)]
    [InlineData(@"\bABC\b", "股票ABC好", true)]
    [InlineData(@"票\B", "股票ABC", false)]
    [InlineData(@"\b\b1\B2", "a 12", true)]
    [InlineData(@"^\B$", "", true)]
    [InlineData("(?i)^[^a]$", "A", false)]
    [InlineData(@"(?i)^\W$", "k", false)]
    [InlineData(@"(?i)^[^A-Z]$", "q", false)]
    [InlineData(@"(?i)^\p{Lu}[[:upper:]]\x41$", "xya", true)]
    [InlineData("(?i)^straSSe é ς k$", "STRAsse É Σ \u212A", true)]
    [InlineData("(?i)^i$", "\u0131", false)]
    [InlineData("a(?i)b|c", "C", true)]
    [InlineData("(?i:a)b", "AB", false)]
    [InlineData("(?i)a(?-i)b", "AB", false)]
    [InlineData("(?U)a+?b", "aab", true)]
    [InlineData(@"^\Qa.b|(\E+$", "a.b|((", true)]
    [InlineData(@"^\Qa.b\E$", "axb", false)]
    [InlineData(@"^\Q*", "*", true)]
    [InlineData(@"^\101\x{42}\0\ \-$", "AB\0 -", true)]
    [InlineData(@"^[\101-\x43]+$", "ABC", true)]
    [InlineData(@"^\p{^L}\P{^Nd}\p{Any}$", "-1é", true)]
    [InlineData(@"^\p{L}+$", "𝒜𠮷", true)]
    [InlineData(@"^\p{So}$", "😀", true)]
    [InlineData("^(|a)*(b|)$", "aab", true)]
    [InlineData("^(a*)*(a|b)+?$", "aaab", true)]
    [InlineData("^a{1000}$", "a", false)]
    [InlineData("^x{0}y{0,}$", "yy", true)]
    [InlineData("(^a|b$|(?m)^c$)", "x\nc\ny", true)]
    [InlineData("^(?s:.)(.)$", "\n\n", false)]
    public void Pattern_OverCodePoints_Matches(string pattern, string text, bool expected)
    {
        Assert.True(LinearRegex.TryParse(pattern, out var regex, out var error), error?.En);
        Assert.Equal(expected, regex.IsMatch(text));
    }

    /// <summary>A part of a pattern in RE2's syntax, and the same in that of .NET.</summary>
    private static readonly Gen<(string Ours, string Dotnet)> Part = Gen.Recursive<(string Ours, string Dotnet)>((depth, inner) =>
    {
        var atom = Gen.OneOf(
            ("a", "a"), ("b", "b"), ("B", "B"), ("1", "1"), ("_", "_"), (" ", " "), ("\n", "\n"), (".", "[^\n]"), ("^", @"\A"), ("$", @"\z"), (@"\b", @"\b"), (@"\B", @"\B"),
            (@"\d", @"\d"), (@"\w", @"\w"), (@"\W", @"\W"), (@"\S", @"\S"), ("[^a]", "[^a]"), ("[a-b_]", "[a-b_]"), ("[[:^alpha:]]", "[^A-Za-z]"), ("", ""));
        if (depth > 3)
        {
            return atom;
        }

        var repeated = Gen.Select(inner, Gen.OneOf("*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "{1,2}?"), (part, times) => ($"(?:{part.Ours}){times}", $"(?:{part.Dotnet}){times}"));
        var pair = Gen.Select(inner, inner, (one, other) => (one.Ours + other.Ours, one.Dotnet + other.Dotnet));
        var either = Gen.Select(inner, inner, (one, other) => ($"({one.Ours}|{other.Ours})", $"({one.Dotnet}|{other.Dotnet})"));
        var flagged = Gen.Select(inner, part => ($"(?i:{part.Ours})", $"(?i:{part.Dotnet})"));
        var lines = Gen.Select(inner, part => ($"(?m:^){part.Ours}(?m:$)", $"(?m:^){part.Dotnet}(?m:$)"));
        return Gen.Frequency((4, atom), (3, pair), (2, repeated), (2, either), (1, flagged), (1, lines));
    });

    [Fact]
    public void Pattern_OfAnyParts_MatchesAsDotnetHasIt() =>
        Gen.Select(Part, Part, Gen.Char["abAB1_ \n-"].Array[0, 7]).Sample(
            (one, other, text) =>
            {
                var pattern = one.Ours + other.Ours;
                Assert.True(LinearRegex.TryParse(pattern, out var regex, out var error), $"{pattern}: {error?.En}");
                var expected = Regex.IsMatch(new(text), one.Dotnet + other.Dotnet, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
                Assert.True(regex.IsMatch(new(text)) == expected, $"{pattern} on {new string(text)}: {!expected}");
                Assert.Equal(expected, regex.IsMatchThreadByThread(new(text)));
            },
            iter: 400,
            threads: 1);

    /// <summary>Sixteen thousand states, and more, which are not remembered.</summary>
    [Theory]
    [InlineData('a', true)]
    [InlineData('b', false)]
    public void Pattern_OfTooManyStates_MatchesAllTheSame(char fifteenthFromTheEnd, bool expected)
    {
        var random = new Random(7);
        var text = string.Concat(Enumerable.Range(0, 30_000).Select(_ => random.Next(2) == 0 ? 'a' : 'b')) + fifteenthFromTheEnd + new string('b', 14);

        Assert.True(LinearRegex.TryParse("(a|b)*a(a|b){14}$", out var regex, out _));
        Assert.Equal(expected, regex.IsMatch(text));
        Assert.Equal(expected, regex.IsMatch(text));
    }

    [Theory]
    [InlineData("a**")]
    [InlineData("*a")]
    [InlineData("a{2,1}")]
    [InlineData("a{1001}")]
    [InlineData(@"\d{10000}")]
    [InlineData("[[:")]
    [InlineData("[[:nothing:]]")]
    [InlineData("[b-a]")]
    [InlineData("[a")]
    [InlineData("a)")]
    [InlineData("(a")]
    [InlineData("(?<=a)b")]
    [InlineData("(?P=n)")]
    [InlineData("\\E")]
    [InlineData("[\\Qa\\E]")]
    [InlineData("\\1")]
    [InlineData("\\18")]
    [InlineData("\\8")]
    [InlineData("\\C")]
    [InlineData("\\p{^}")]
    [InlineData("a{1000}{2}")]
    [InlineData("(a{1000}){3}")]
    [InlineData("((((){1000}){1000}){1000}){1000}")]
    [InlineData("\\p{Nope}")]
    [InlineData("(?>a)")]
    [InlineData("\\")]
    public void Pattern_OutsideTheSyntax_IsRefused(string pattern) => Assert.False(LinearRegex.TryParse(pattern, out _, out _));
}
