using System.Text;
using Engagement.Domain.Clients;

namespace Engagement.Domain.Tests.Clients;

public sealed class EventSubjectTests
{
    [Theory]
    [InlineData("""{"subject":"c-1","data":{"subject":"c-2"}}""", "c-1")]
    [InlineData("""{"data":{"subject":"c-2"},"subject":"c\u002d1"}""", "c-1")]
    [InlineData("""{"data":{"subject":"c-2"}}""", "")]
    [InlineData("""{"c-1":1,"subject":7}""", "")]
    [InlineData("""{"subject":"no id at all"}""", "")]
    // Broken after it and before it.
    [InlineData("""{"subject":"c-1","data":{"price":NaN}}""", "c-1")]
    [InlineData("""{"data":{"price":NaN},"subject" : "c-1"}""", "c-1")]
    [InlineData("nothing", "")]
    [InlineData("", "")]
    public void Subject_OfARefusedEvent_IsItsOwn(string raw, string expected) => Assert.Equal(expected, EventSubject.Of(Encoding.UTF8.GetBytes(raw)));

    [Fact]
    public void Subject_AfterBytesThatAreNoText_IsStillFound() =>
        Assert.Equal("c-1", EventSubject.Of([.. "{\"id\":\""u8, 0xFF, .. "\",\"subject\":\"c-1\"}"u8]));
}
