using System.Net;
using System.Net.Http.Json;
using Engagement.Engage.Surge;

namespace Engagement.Engage.Tests.Surge;

public sealed class OpenLoopTests
{
    private const int Seconds = 1;
    private const int Requests = 100;

    /// <summary>Answers nobody before all of them have come: a loop that waits for an answer never gets any.</summary>
    private sealed class Stalled(HttpStatusCode status) : HttpMessageHandler
    {
        private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int come;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var events = (await request.Content!.ReadAsStringAsync(cancellationToken)).Count(c => c == '\n');
            if (Interlocked.Increment(ref come) == Requests)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
            return new(status) { Content = JsonContent.Create(new { accepted = events, rejected = Array.Empty<object>() }) };
        }
    }

    private static async Task<(SurgeTally Tally, Openings Openings)> Run(HttpStatusCode status)
    {
        var profile = new Profile { Seconds = Seconds, Clients = 10, Rates = new() { ["account.opened"] = 100, ["trade.executed"] = 200 } };
        var (tally, openings) = (new SurgeTally(Seconds), new Openings());
        using var http = new HttpClient(new Stalled(status)) { BaseAddress = new("http://localhost") };
        var sender = new SurgeSender(http, tally, openings, TimeProvider.System);
        await new SurgeRun(profile, new(profile, "t", TimeProvider.System), sender, TimeProvider.System).Run(_ => { }, default);
        return (tally, openings);
    }

    [Fact]
    public async Task Arrivals_WhileNobodyAnswers_GoOnAndAreTimedFromWhenTheyWereDue()
    {
        var (tally, openings) = await Run(HttpStatusCode.OK);
        var second = tally.Second(0);
        Assert.Equal((300, 300), (second.Intended, second.Accepted));
        // The first waited for the last, which came a second later; half of them at least half as long.
        Assert.True(tally.EventToAnswer().MaxMs >= 980, $"{tally.EventToAnswer()}");
        Assert.True(second.P50Ms >= 480, $"{second}");
        Assert.Equal(100, openings.Check().Missing);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, 300, 0, 0)]
    [InlineData(HttpStatusCode.Forbidden, 0, 300, 0)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 0, 0, 300)]
    public async Task Answers_ThatAreNoYes_AreCountedByWhatTheySay(HttpStatusCode status, int busy, int refused, int lost)
    {
        var (tally, openings) = await Run(status);
        var second = tally.Second(0);
        Assert.Equal((0, busy, refused, lost), (second.Accepted, second.Busy, second.Refused, second.Lost));
        Assert.Equal(0, openings.Check().Expected);
        Assert.Equal(0, tally.EventToAnswer().Count);
    }
}
