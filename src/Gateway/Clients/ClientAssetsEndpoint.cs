using Engagement.Contracts.Clock;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Clients;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Clients;

/// <summary>A client's assets at the end of each day, worked out from his events when somebody asks.</summary>
internal static class ClientAssetsEndpoint
{
    private const int DaysDefault = 90;
    private const int DaysMax = 400;
    private const int Piece = 1_000;

    public static async Task<IResult> Assets(string id, int? days, string? after, int? limit, ClientAccess access, IEngagementQueries queries, IGrainFactory grains, ShardMap shards, HttpContext context)
    {
        if (days is < 1 or > DaysMax)
        {
            return Problems.Invalid("days", $"is 1 to {DaysMax}");
        }

        if (await access.View(id, context.User.Principal()!, "client.assets") is not { } view)
        {
            return Problems.NotFound();
        }

        var today = Shanghai.Day((await grains.GetGrain<IClockGrain>(0).Read()).NowMs);
        var from = today - (days ?? DaysDefault) + 1;
        var history = await Read(queries, shards.ShardOf(id), new(id, view.LastRecord), from);
        return Paging.Page(
            [.. history.Closing(from, today).Select(d => new { date = Shanghai.Date(d.Day), assets = Money.Decimal(d.AssetsFen), netFlow = Money.Decimal(d.NetFlowFen) })], after, limit);
    }

    private static async Task<AssetHistory> Read(IEngagementQueries queries, int shard, ClientAt client, int from)
    {
        var history = new AssetHistory();
        var before = 0L;
        while (true)
        {
            var events = await queries.Events(shard, client, before, Piece);
            foreach (var e in events)
            {
                history.Add(e.Position, e.Type, e.TimeMs, e.Data);
            }

            if (events.Count < Piece || history.IsEnough(from, events[^1].AtMs))
            {
                return history;
            }

            before = events[^1].Position;
        }
    }
}
