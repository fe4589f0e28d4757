using Engagement.Domain.Language.Values;

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
    public void Pattern_OverCodePoints_Matches(string pattern, string text, bool expected)
    {
        Assert.True(LinearRegex.TryParse(pattern, out var regex, out var error), error?.En);
        Assert.Equal(expected, regex.IsMatch(text));
    }

    [Theory]
    [InlineData("a**")]
    [InlineData("*a")]
    [InlineData("a{2,1}")]
    [InlineData("a{1001}")]
    [InlineData("[b-a]")]
    [InlineData("[a")]
    [InlineData("a)")]
    [InlineData("(a")]
    [InlineData("(?<=a)b")]
    [InlineData("(?P=n)")]
    [InlineData("\\Q")]
    [InlineData("\\p{Nope}")]
    [InlineData("(?>a)")]
    [InlineData("\\")]
    public void Pattern_OutsideTheSyntax_IsRefused(string pattern) => Assert.False(LinearRegex.TryParse(pattern, out _, out _));
}
