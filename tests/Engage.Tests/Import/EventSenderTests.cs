using System.Net;
using System.Text;
using Engagement.Engage.Import;

namespace Engagement.Engage.Tests.Import;

public sealed class EventSenderTests
{
    private sealed class Answers(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
    {
        public List<string> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            return answers[Math.Min(Bodies.Count, answers.Length) - 1]();
        }
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body, int? retryAfter = null)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        answer.Headers.RetryAfter = retryAfter is { } seconds ? new(TimeSpan.FromSeconds(seconds)) : null;
        return answer;
    }

    private static EventSender Sender(Answers answers, TimeSpan patience) =>
        new(new HttpClient(answers) { BaseAddress = new("http://localhost") }, patience, TimeProvider.System);

    [Fact]
    public async Task Send_WhenBusyGoneOrBroken_SendsTheSameUntilItIsTaken()
    {
        using var answers = new Answers(
            () => Answer(HttpStatusCode.TooManyRequests, """{"code":"engine.busy"}""", 0),
            () => throw new HttpRequestException(HttpRequestError.ConnectionError),
            () => Answer(HttpStatusCode.ServiceUnavailable, """{"code":"engine.unavailable"}""", 0),
            () => Answer(HttpStatusCode.BadGateway, "<html>"),
            () => Answer(HttpStatusCode.OK, """{"accepted":1,"rejected":[{"index":1,"code":"event.data.invalid","detail":"d"}]}"""));
        var taken = await Sender(answers, TimeSpan.FromMinutes(1)).Send("a\nb\n"u8.ToArray(), default);
        Assert.Equal((1, "event.data.invalid"), (taken!.Accepted, taken.Rejected.Single().Code));
        Assert.Equal(Enumerable.Repeat("a\nb\n", 5), answers.Bodies);
    }

    [Fact]
    public async Task Send_WhenAskedToWait_WaitsAsLong()
    {
        using var answers = new Answers(
            () => Answer(HttpStatusCode.TooManyRequests, "{}", 1),
            () => Answer(HttpStatusCode.OK, """{"accepted":1,"rejected":[]}"""));
        var began = TimeProvider.System.GetTimestamp();
        // The engine is there and says so: patience is for one that is not.
        Assert.NotNull(await Sender(answers, TimeSpan.Zero).Send("a\n"u8.ToArray(), default));
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromSeconds(0.99));
    }

    [Fact]
    public async Task Send_WhenPatienceEnds_SaysSo()
    {
        using var answers = new Answers(() => throw new HttpRequestException(HttpRequestError.ConnectionError));
        Assert.Null(await Sender(answers, TimeSpan.Zero).Send("a\n"u8.ToArray(), default));
    }

    [Fact]
    public async Task Send_WhenRefusedAsAWhole_DoesNotTryAgain()
    {
        using var answers = new Answers(() => Answer(HttpStatusCode.Forbidden, """{"code":"request.forbidden"}"""));
        var refused = await Assert.ThrowsAsync<CommandException>(() => Sender(answers, TimeSpan.FromMinutes(1)).Send("a\n"u8.ToArray(), default));
        Assert.Contains("403 request.forbidden", refused.Message, StringComparison.Ordinal);
        Assert.Single(answers.Bodies);
    }
}
