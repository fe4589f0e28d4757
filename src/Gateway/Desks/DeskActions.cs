using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;

namespace Engagement.Gateway.Desks;

/// <summary>Actions on prompts, each under a right over its client.</summary>
public sealed class DeskActions(IDeskStore store, IGrainFactory grains)
{
    /// <summary>Acts for somebody who may act on the desk.</summary>
    /// <returns>Null where he may not act on this client: under no mandate, or as a stand-in without the licence.</returns>
    public async Task<ActAnswer?> Act(Principal who, DeskRights rights, string desk, string promptId, PromptAction action)
    {
        var grain = grains.GetGrain<IDeskGrain>(desk);
        if (await store.ReadPrompt(desk, promptId) is not { } prompt || prompt.Desk != desk)
        {
            // It may have left since an action that is sent again: the desk remembers the answer.
            return await grain.Answered(action.ActionId) ?? new(null, new(ActionRefusal.Unknown, "there is no such prompt on this desk"));
        }

        if (!rights.MayReadPrompt(prompt))
        {
            return new(null, new(ActionRefusal.Unknown, "there is no such prompt on this desk"));
        }

        return rights.MayActOn(prompt) ? await grain.Act(promptId, action, who.Sub, rights.OnBehalfOf(prompt)) : null;
    }
}
