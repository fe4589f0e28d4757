using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Audit;

namespace Engagement.Gateway.Desks;

/// <summary>Actions on prompts, each under a right over its client.</summary>
public sealed class DeskActions(IDeskStore store, DeskAccess access, IGrainFactory grains, AuditTrail audit)
{
    /// <summary>Acts for somebody who may act on the desk.</summary>
    /// <returns>Null where he may not act on this client: under no mandate, or as a stand-in without the licence.</returns>
    public async Task<ActAnswer?> Act(Principal who, DeskRights rights, string desk, string promptId, PromptAction action)
    {
        var grain = grains.GetGrain<IDeskGrain>(desk);
        if (!Ids.IsValid(promptId) || await store.ReadPrompt(desk, promptId) is not { } prompt || prompt.Desk != desk)
        {
            // It may have left since an action that is sent again: the desk remembers the answer.
            await audit.Record(who, "prompt.answered", target: desk);
            return await grain.Answered(action.ActionId) ?? new(null, new(ActionRefusal.Unknown, "there is no such prompt on this desk"));
        }

        var hidden = (await access.Hidden(rights, [prompt])).Count > 0;
        var may = !hidden && rights.MayActOn(prompt);
        var onBehalf = rights.OnBehalfOf(prompt);
        // What is no action is refused by the desk; its name is the sender's and not ours to keep.
        await audit.Record(who, PromptDecider.Actions.Contains(action.Action) ? "prompt." + action.Action : "prompt.act", prompt.Client, desk, prompt.Id, onBehalf, !may);
        if (hidden)
        {
            return new(null, new(ActionRefusal.Unknown, "there is no such prompt on this desk"));
        }

        return may ? await grain.Act(promptId, action, who.Sub, onBehalf) : null;
    }
}
