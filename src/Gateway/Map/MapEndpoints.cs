using System.Text.Json.Serialization;
using Engagement.Contracts.Clock;
using Engagement.Domain;
using Engagement.Domain.Map;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Map;

/// <summary>The engagement map over HTTP: a node with its children, its last minutes, and who moved between segments today.</summary>
public static class MapEndpoints
{
    private const int MinutesDefault = 15;
    private const int MinutesMax = 240;
    private const int SecondsAMinute = 60;

    public static void MapTotals(this IEndpointRouteBuilder endpoints)
    {
        var map = endpoints.MapGroup("/v1/map/{node}").For(r => r.MayReadCommon());
        map.MapGet("", async (string node, HttpContext context, MapAccess access, MapReader reader) =>
            await access.Of(context.User.Principal()!, node) is { } found ? Results.Json(await reader.Read(found.Node, found.Tree), Json.Options) : Problems.NotFound());
        map.MapGet("/history", History);
        map.MapGet("/flows", Flows);
    }

    public sealed record MinuteJson(string Minute, bool? Partial, MinuteMeasuresJson Measures, MinuteMeasuresJson? Median, IReadOnlyList<string>? Surges);

    public sealed record FlowJson(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? From,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? To,
        long Clients);

    private static async Task<IResult> History(string node, int? minutes, HttpContext context, MapAccess access, MapMinutes counted, IGrainFactory grains)
    {
        if (minutes is < 1 or > MinutesMax)
        {
            return Problems.Invalid("minutes", $"must be 1 to {MinutesMax}");
        }

        if (await access.Of(context.User.Principal()!, node) is not { } found)
        {
            return Problems.NotFound();
        }

        var now = (await grains.GetGrain<IClockGrain>(0).Read()).NowMs;
        var (place, tallies) = (MapPlace.Of(found.Node, found.Tree), await counted.Last(now, minutes ?? MinutesDefault));
        var first = MapTurn.MinuteOf(now) - tallies.Count + 1;
        List<MinuteJson> shown = [];
        for (var i = 0; i < tallies.Count; i++)
        {
            var (begins, sum, past) = ((first + i) * Shanghai.MinuteMs, place.SumOf(tallies[i]), await counted.Past(first + i));
            Measures? twice = past.Count == 0 ? null : Surge.TwiceMedian([.. past.Select(place.SumOf)]);
            var isPartial = i == tallies.Count - 1;
            var seconds = isPartial ? Math.Max(1, (now - begins) / 1_000) : SecondsAMinute;
            var surges = twice is { } usual ? Surge.Of(sum, usual) : [];
            shown.Add(new(
                Rfc3339.Format(begins), isPartial ? true : null, Of(sum, 1, seconds), twice is { } median ? Of(median, 2, SecondsAMinute) : null, surges.Count > 0 ? surges : null));
        }

        return Results.Json(new { node, at = Rfc3339.Format(now), items = shown, next = (string?)null }, Json.Options);
    }

    private static async Task<IResult> Flows(string node, string? after, int? limit, HttpContext context, MapAccess access, MapReader reader)
    {
        if (await access.Of(context.User.Principal()!, node) is not { } found)
        {
            return Problems.NotFound();
        }

        return await reader.Moves(found.Node, found.Tree) is { } moves
            ? Paging.Page(
                [.. moves.OrderByDescending(m => m.Clients).ThenBy(m => m.Move.From, StringComparer.Ordinal).ThenBy(m => m.Move.To, StringComparer.Ordinal)
                    .Select(m => new FlowJson(m.Move.From, m.Move.To, m.Clients))],
                after,
                limit)
            : Problems.Of(503, "engine.unavailable", "Nothing is known of this node yet.", 1);
    }

    /// <param name="times">How many times too large the measures are.</param>
    private static MinuteMeasuresJson Of(Measures m, int times, long seconds) => new(
        (decimal)m.Events / times, Math.Round((decimal)m.Events / times / seconds, 1), (decimal)m.PromptsRaised / times, (decimal)m.Accepted / times, (decimal)m.Conversions / times,
        (decimal)m.AccountsOpened / times, Math.Round(Money.Decimal(m.NetInflowFen) / times, 2));
}
