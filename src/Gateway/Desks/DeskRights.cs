using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;

namespace Engagement.Gateway.Desks;

/// <summary>
/// What somebody may see and do on a desk, on one day under one organisation. On <c>hq</c> each client counts by himself: others of a
/// branch whose mandate still lives do not make his visible.
/// </summary>
public sealed class DeskRights(Principal who, DeskId desk, OrganisationTree tree, int day)
{
    private const string Nowhere = "none";

    private (int Version, int Day) Basis => (tree.Version, day);

    public bool MayRead { get; } = Access.MayReadDesk(who, desk, tree, day);

    public bool MayAct { get; } = Access.MayActOnDesk(who, desk, tree, day);

    /// <summary>Does every prompt of the desk go to whoever may read it?</summary>
    public bool IsWhole => desk.Kind != DeskKind.Hq || who.Role == Role.Auditor;

    public bool MayReadPrompt(Prompt prompt) => IsWhole || (MayRead && Access.MayReadClient(who, PlaceOf(prompt), tree, day));

    public bool MayActOn(Prompt prompt) => Access.MayActOnClient(who, PlaceOf(prompt), prompt.Licence, tree, day);

    /// <summary>For whom headquarters acts, and under which mandate; null on every other desk.</summary>
    public OnBehalf? OnBehalfOf(Prompt prompt) => desk.Kind == DeskKind.Hq ? Access.ActsUnder(PlaceOf(prompt), tree, day) : null;

    /// <summary>Do both rest on the same organisation and day?</summary>
    public bool Same(DeskRights other) => other.Basis == Basis;

    /// <summary>Does a client who is there by now still have him see what ended on this desk?</summary>
    public bool MayReadEnded(ClientPlace client) => IsWhole || (client.Desk == desk && MayRead && Access.MayReadClient(who, client, tree, day));

    /// <summary>The prompt, or, where it is not his to see, that it is gone from the desk and nothing else.</summary>
    public Prompt Shown(Prompt prompt) => MayReadPrompt(prompt) ? prompt : Hidden(prompt);

    public Prompt Hidden(Prompt prompt) => new(
        prompt.Id, prompt.Seq, "", new("", ""), "", DeskId.TryParse(prompt.Desk, out var at) && at == desk ? Nowhere : prompt.Desk, 0, 0, new("", ""), [],
        prompt.RaisedMs, prompt.ExpiresMs, PromptState.Withdrawn, null, null, null, null);

    // A prompt that has just left the desk still names where its client was related before; by that it is shown once more.
    private ClientPlace PlaceOf(Prompt prompt) => new(prompt.Outlet ?? "", desk, prompt.HqFor);
}
