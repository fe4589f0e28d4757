using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Organisation;

public sealed class DeskIdTests
{
    [Theory]
    [InlineData("hq", DeskKind.Hq, "")]
    [InlineData("none", DeskKind.None, "")]
    [InlineData("advisor:a-1001", DeskKind.Advisor, "a-1001")]
    [InlineData("outlet:hn:001", DeskKind.Outlet, "hn:001")]
    public void Parse_ADesk_ReadsBackTheSame(string text, DeskKind kind, string owner)
    {
        var desk = DeskId.Parse(text);

        Assert.Equal((kind, owner, text), (desk.Kind, desk.Owner, desk.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("HQ")]
    [InlineData("advisor:")]
    [InlineData("outlet:a b")]
    [InlineData("branch:hn")]
    [InlineData("advisor:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void TryParse_SomethingElse_IsRefused(string? text) => Assert.False(DeskId.TryParse(text, out _));
}
