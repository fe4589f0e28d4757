using Engagement.Contracts.Clients;
using Engagement.Domain;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Clients;

/// <summary>A client as he is shown: by his grain while he is awake, by his shard while he rests.</summary>
internal static class ClientViews
{
    public static ClientView Of(ClientEngine engine, long nowMs)
    {
        var state = engine.State;
        return new()
        {
            Id = state.Id,
            Name = engine.Personal.Name,
            Phone = engine.Personal.Phone,
            Outlet = state.Outlet,
            Branch = engine.Branch,
            Advisor = state.Assignment.Advisor ?? "",
            Desk = state.Assignment.Desk,
            HqFor = state.Assignment.HqFor,
            Prompts = [.. state.Contacts.Prompts.Select(p => p.Id)],
            Status = state.Status,
            Channel = state.Channel,
            Tier = engine.Tier,
            AssetsFen = state.Assets.TotalFen,
            Age = engine.AgeAt(nowMs),
            Risk = state.Risk,
            RiskValid = state.Risk > 0 && state.RiskValidUntilDay >= Shanghai.Day(nowMs),
            OpenedMs = state.OpenedMs,
            Tags = [.. state.Tags],
            Consents = [.. engine.Consents],
            Contracts = [.. state.Contracts.Where(c => c.Running)],
            Holdings = [.. state.Holdings.Quantities],
            Segments = [.. engine.Explain(nowMs).Select(m => new SegmentView(m.Membership.Segment, m.Membership.SinceMs, [.. m.Because]))],
            Failed = [.. engine.Failures(nowMs).Select(f => new SegmentView(f.Segment, 0, [.. f.Because]))],
            Position = state.Position,
            AtMs = nowMs,
            LastRecord = state.LastRecord,
        };
    }
}
