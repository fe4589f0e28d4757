using Engagement.Contracts.Desks;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;
using Microsoft.AspNetCore.SignalR;

namespace Engagement.Gateway.Desks;

/// <summary>The live desk. A refusal is a hub error whose text begins with its code.</summary>
public sealed class DeskHub(DeskRelay relay, DeskAccess access, DeskActions actions, AuditTrail audit) : Hub
{
    private string? joining;

    public sealed record Joined(long From, long Seq, bool Snapshot, IReadOnlyList<PromptJson> Prompts, bool More);

    /// <summary>Watches a desk: everything that is live, or what changed after a sequence number.</summary>
    public async Task<Joined> Join(string desk, long lastSeq)
    {
        var who = Context.User?.Principal();
        if (who is null || await access.Recorded(who, desk, "desk.watch") is not { } rights)
        {
            throw new HubException("request.not.found: there is no such desk, or it is not yours to see");
        }

        await audit.Record(who, "desk.watch", target: desk);
        joining = Context.ConnectionId;
        var changes = await relay.Join(Context.ConnectionId, who, rights, desk, lastSeq);
        if (Context.ConnectionAborted.IsCancellationRequested)
        {
            // It went meanwhile, when there was nothing to leave yet: its desk would be watched for ever.
            relay.Leave(Context.ConnectionId);
        }

        var hidden = await access.Hidden(rights, changes.Prompts);
        var prompts = changes.Snapshot
            ? changes.Prompts.Where(p => !hidden.Contains(p.Id))
            : changes.Prompts.Select(p => hidden.Contains(p.Id) ? rights.Hidden(p) : p);
        return new(changes.From, changes.Seq, changes.Snapshot, [.. prompts.Select(PromptJson.Of)], changes.More);
    }

    public async Task<PromptJson> Act(string desk, string promptId, ActionJson? action)
    {
        var who = Context.User?.Principal();
        if (who is null || await access.Recorded(who, desk, "prompt.act") is not { MayAct: true } rights)
        {
            throw new HubException("request.not.found: there is no such desk, or it is not yours to act on");
        }

        if ((action ?? new(null, null, null, null, null)).Read(out var refusal) is { } read)
        {
            var answer = await actions.Act(who, rights, desk, promptId, read)
                ?? throw new HubException("request.forbidden: the client, or what is offered to him, is not yours to act on");
            if (answer.Prompt is { } prompt)
            {
                return PromptJson.Of(prompt);
            }

            refusal = answer.Refusal;
        }

        throw new HubException($"{refusal!.Code}: {refusal.Detail}");
    }

    /// <summary>A hub lasts for one call and is let go when the answer has been written: only then comes what follows on it.</summary>
    protected override void Dispose(bool disposing)
    {
        if (joining is { } connection)
        {
            relay.Answered(connection);
        }

        base.Dispose(disposing);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        relay.Leave(Context.ConnectionId);
        return Task.CompletedTask;
    }
}
