using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Engagement.Engage.Import;

namespace Engagement.Engage.Surge;

/// <summary>Events that were to be sent at one instant.</summary>
/// <param name="Intended">That instant, by <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Accounts">Index and client of each that opens an account.</param>
internal sealed record Arrivals(int Second, long Intended, ReadOnlyMemory<byte> Body, int Events, IReadOnlyList<(int Index, string Account)> Accounts);

/// <summary>Sends without waiting for answers, and counts them as they come. What is refused is not sent again.</summary>
internal sealed class SurgeSender(HttpClient http, SurgeTally tally, Openings openings, TimeProvider time)
{
    /// <summary>Requests on their way at once; beyond it this program holds no more, and says so.</summary>
    private const int InFlightMax = 4_000;

    private int inFlight;

    public int InFlight => Volatile.Read(ref inFlight);

    public void Send(Arrivals arrivals, CancellationToken cancellation)
    {
        tally.Intended(arrivals.Second, arrivals.Events);
        foreach (var (_, account) in arrivals.Accounts)
        {
            openings.Begin(account, arrivals.Intended);
        }

        if (InFlight >= InFlightMax)
        {
            End(arrivals, SurgeTally.Outcome.Unsent);
            return;
        }

        Interlocked.Increment(ref inFlight);
        _ = Deliver(arrivals, cancellation);
    }

    private async Task Deliver(Arrivals arrivals, CancellationToken cancellation)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(arrivals.Body) { Headers = { ContentType = new("application/x-ndjson") } };
            using var answer = await http.PostAsync(new Uri("/v1/events", UriKind.Relative), content, cancellation);
            if (answer.IsSuccessStatusCode)
            {
                Take(arrivals, (await answer.Content.ReadFromJsonAsync<Taken>(cancellation))!);
            }
            else
            {
                // Of a request that was answered 503 a part may be in the log.
                End(arrivals, answer.StatusCode == HttpStatusCode.TooManyRequests ? SurgeTally.Outcome.Busy : (int)answer.StatusCode < 500 ? SurgeTally.Outcome.Refused : SurgeTally.Outcome.Lost);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or IOException)
        {
            End(arrivals, SurgeTally.Outcome.Lost);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    private void Take(Arrivals arrivals, Taken taken)
    {
        tally.Answered(arrivals.Second, time.GetElapsedTime(arrivals.Intended), arrivals.Events);
        tally.Count(arrivals.Second, SurgeTally.Outcome.Accepted, taken.Accepted);
        tally.Count(arrivals.Second, SurgeTally.Outcome.Refused, taken.Rejected.Count);
        foreach (var (index, account) in arrivals.Accounts)
        {
            openings.End(account, taken.Rejected.All(r => r.Index != index));
        }
    }

    private void End(Arrivals arrivals, SurgeTally.Outcome outcome)
    {
        tally.Count(arrivals.Second, outcome, arrivals.Events);
        foreach (var (_, account) in arrivals.Accounts.Where(_ => outcome != SurgeTally.Outcome.Lost))
        {
            openings.End(account, accepted: false);
        }
    }
}
