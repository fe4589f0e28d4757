using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Engagement.Engage.Import;

internal sealed record Refusal(int Index, string? Id, string Code, string Detail);

internal sealed record Taken(int Accepted, IReadOnlyList<Refusal> Rejected);

/// <summary>Sends a request until it is answered: when the engine is busy, as late as it asks for; when it is gone, for as long as patience lasts.</summary>
internal sealed class EventSender(HttpClient http, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(5);

    /// <summary>Why the last attempt failed, while there is to be another.</summary>
    public string? Waiting { get; private set; }

    /// <exception cref="CommandException">Sending it again will not help.</exception>
    /// <returns>Null: patience is at its end.</returns>
    public async Task<Taken?> Send(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        for (var wait = RetryFirst; ; wait = wait * 2 < RetryMax ? wait * 2 : RetryMax)
        {
            TimeSpan? asked = null;
            try
            {
                using var content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new("application/x-ndjson") } };
                using var answer = await http.PostAsync(new Uri("/v1/events", UriKind.Relative), content, cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    Waiting = null;
                    return await answer.Content.ReadFromJsonAsync<Taken>(cancellation);
                }

                var code = await Code(answer, cancellation);
                if (answer.StatusCode != HttpStatusCode.TooManyRequests && (int)answer.StatusCode < 500)
                {
                    throw new CommandException($"--url: the engine answers {(int)answer.StatusCode} {code}.");
                }

                (asked, Waiting) = (answer.Headers.RetryAfter?.Delta, code);
            }
            catch (HttpRequestException lost)
            {
                Waiting = lost.HttpRequestError.ToString();
            }
            catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
            {
                Waiting = "no answer";
            }

            // An engine that says when to come again is there, and is given the time.
            var pause = asked ?? wait;
            if (time.GetElapsedTime(began) + pause > patience && asked is null)
            {
                return null;
            }

            await Task.Delay(pause, time, cancellation);
        }
    }

    private static async Task<string> Code(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            return (await answer.Content.ReadFromJsonAsync<Problem>(cancellation))?.Code ?? "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            return "";
        }
    }

    private sealed record Problem(string? Code);
}
