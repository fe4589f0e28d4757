using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Engagement.Engage.Demo;

/// <summary>The demo's way into the engine: HTTP, as for everyone. What is busy or broken is tried again, the same bytes each time.</summary>
internal sealed partial class DemoFeed(DemoOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new() { BaseAddress = options.BaseAddress, Timeout = TimeSpan.FromSeconds(60) };

    public async Task Ready(CancellationToken stop)
    {
        while (!await Answers("/health/ready", stop))
        {
            await Task.Delay(RetryFirst, time, stop);
        }
    }

    /// <summary>Publishes a document where the engine has none yet.</summary>
    /// <param name="path"><c>/v1/organisation</c> or <c>/v1/catalogue</c>.</param>
    /// <returns>Whether there was none: the engine is new.</returns>
    /// <exception cref="InvalidDataException">The engine refuses the document; the message holds its answer.</exception>
    public async Task<bool> Publish(string path, string yaml, CancellationToken stop)
    {
        using (var current = await Send(() => new(HttpMethod.Get, path), options.AdminToken, stop))
        {
            using var answer = JsonDocument.Parse(await current.Content.ReadAsByteArrayAsync(stop));
            if (answer.RootElement.GetProperty("version").GetInt64() > 0)
            {
                return false;
            }
        }

        using var published = await Send(
            () => new(HttpMethod.Put, path) { Content = new StringContent(yaml, new MediaTypeHeaderValue("application/yaml", "utf-8")) },
            options.AdminToken, stop);
        return true;
    }

    /// <returns>How many were accepted. A rejected event is logged: it would be a bug of the demo.</returns>
    public async Task<int> Append(IReadOnlyCollection<DemoEvent> events, CancellationToken stop)
    {
        var body = new ArrayBufferWriter<byte>(events.Count * 256);
        DemoEvent.WriteLines(events, body);
        using var response = await Send(() => new(HttpMethod.Post, "/v1/events") { Content = Lines(body.WrittenMemory) }, options.IngestToken, stop);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(stop));
        var rejected = answer.RootElement.GetProperty("rejected");
        if (rejected.GetArrayLength() > 0)
        {
            LogRejected(rejected.GetArrayLength(), rejected[0].GetRawText());
        }

        return answer.RootElement.GetProperty("accepted").GetInt32();
    }

    public async Task Quote(IReadOnlyList<DemoQuote> quotes, CancellationToken stop)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(quotes, DemoJson.Default.IReadOnlyListDemoQuote);
        using var response = await Send(
            () => new(HttpMethod.Post, "/v1/quotes") { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } },
            options.IngestToken, stop);
    }

    public void Dispose() => _http.Dispose();

    private static ReadOnlyMemoryContent Lines(ReadOnlyMemory<byte> body) =>
        new(body) { Headers = { ContentType = new("application/x-ndjson") } };

    private async Task<bool> Answers(string path, CancellationToken stop)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), stop);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<HttpResponseMessage> Send(Func<HttpRequestMessage> make, Func<string> token, CancellationToken stop)
    {
        for (var wait = RetryFirst; ; wait = wait * 2 < RetryMax ? wait * 2 : RetryMax)
        {
            var pause = wait;
            try
            {
                using var request = make();
                request.Headers.Authorization = new("Bearer", token());
                var response = await _http.SendAsync(request, stop);
                if (response.IsSuccessStatusCode)
                {
                    return response;
                }

                using (response)
                {
                    if (response.StatusCode != HttpStatusCode.TooManyRequests && (int)response.StatusCode < 500)
                    {
                        throw new InvalidDataException($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(stop)}");
                    }

                    pause = response.Headers.RetryAfter?.Delta ?? wait;
                    LogAgain((int)response.StatusCode, pause.TotalMilliseconds);
                }
            }
            catch (HttpRequestException lost)
            {
                LogLost(lost.HttpRequestError, pause.TotalMilliseconds);
            }
            catch (TaskCanceledException) when (!stop.IsCancellationRequested)
            {
                LogLost(HttpRequestError.Unknown, pause.TotalMilliseconds);
            }

            await Task.Delay(pause, time, stop);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} events of the demo were rejected, the first: {First}")]
    private partial void LogRejected(int count, string first);

    [LoggerMessage(LogLevel.Debug, "The engine answered {Status}; the demo tries again in {WaitMs} ms")]
    private partial void LogAgain(int status, double waitMs);

    [LoggerMessage(LogLevel.Debug, "No answer from the engine ({Error}); the demo tries again in {WaitMs} ms")]
    private partial void LogLost(HttpRequestError error, double waitMs);
}
