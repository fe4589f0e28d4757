using System.Text.Json;
using Engagement.Contracts;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Quotes;
using Engagement.Domain;
using Engagement.Domain.Organisation;
using Engagement.Domain.Quotes;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Quotes;

/// <summary>Prices for the screens: what a position is worth now. No decision reads them.</summary>
public static class QuoteEndpoints
{
    private const int AtOnceMax = 10_000;
    private const int SymbolsMax = 200;
    private const long FutureMsMax = 5 * 60_000;

    public sealed record QuoteJson(string? Symbol, decimal? Price, decimal? PreviousClose, string? Time);

    public static void MapQuotes(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/v1/quotes", Take).For(r => r.MaySendEvents());
        endpoints.MapGet("/v1/quotes", Newest).For(r => r.MayReadCommon());
    }

    private static async Task<IResult> Take(HttpRequest request, IGrainFactory grains, TimeProvider time)
    {
        var (quotes, refusal) = await Read(request, (await grains.GetGrain<IClockGrain>(0).Read()).NowMs + FutureMsMax);
        if (quotes is null)
        {
            return refusal!;
        }

        await Moving.Wait(
            async () =>
            {
                await grains.GetGrain<IQuoteGrain>(0).Put(quotes);
                return true;
            },
            time);
        return Results.Json(new { accepted = quotes.Count }, Json.Options);
    }

    private static async Task<IResult> Newest(string? symbols, IGrainFactory grains)
    {
        string[] wanted = [.. (symbols ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (wanted.Length is 0 or > SymbolsMax || wanted.Any(s => !Ids.IsValid(s)))
        {
            return Problems.Invalid("symbols", $"1 to {SymbolsMax} symbols, with commas between them");
        }

        var found = await grains.GetGrain<IQuoteGrain>(0).Get(wanted);
        return Results.Json(
            new PageOf<QuoteJson>([.. found.Select(q => new QuoteJson(q.Symbol, q.Price, q.PreviousClose, Rfc3339.Format(q.TimeMs)))], null), Json.Options);
    }

    /// <returns>All of them, or why none is taken: one that cannot be right makes the others doubtful.</returns>
    /// <param name="latestMs">One from beyond would stand before every right one until then.</param>
    private static async Task<(IReadOnlyList<Quote>? Quotes, IResult? Refusal)> Read(HttpRequest request, long latestMs)
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problems.Of(415, "request.content.type", "Expected application/json."));
        }

        List<QuoteJson?>? sent;
        try
        {
            sent = await request.ReadFromJsonAsync<List<QuoteJson?>>(Json.Options, request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            sent = null;
        }

        if (sent is null)
        {
            return (null, Problems.Of(400, "request.unreadable", "Expected an array of {symbol, price, previousClose, time}."));
        }

        if (sent.Count > AtOnceMax)
        {
            return (null, Problems.Invalid("quotes", $"at most {AtOnceMax} at once"));
        }

        List<Quote> quotes = new(sent.Count);
        foreach (var one in sent)
        {
            if (one is not { Symbol: { } symbol, Price: > 0, PreviousClose: > 0 } || !Ids.IsValid(symbol) || !Rfc3339.TryParse(one.Time ?? "", out var timeMs))
            {
                return (null, Problems.Invalid($"quotes[{quotes.Count}]", "symbol, price and previousClose above 0, and time (RFC 3339 with a zone) are needed"));
            }

            if (timeMs > latestMs)
            {
                return (null, Problems.Invalid($"quotes[{quotes.Count}]", "time is more than five minutes ahead of the engine's clock"));
            }

            quotes.Add(new(symbol, one.Price.Value, one.PreviousClose.Value, timeMs));
        }

        return (quotes, null);
    }
}
