using System.Collections.Immutable;
using System.Globalization;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Experiments;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Clients;

/// <summary>
/// The gate: steps tried in the contract's order; the first that says no ends it and names the outcome. Each step answers
/// null where it lets the decision pass, otherwise the values that decided.
/// </summary>
internal sealed class Gate(ClientState state, Catalogue catalogue, OrganisationTree organisation, ClientInput input)
{
    /// <summary>All steps up to the window.</summary>
    public (string Outcome, ImmutableArray<Reason> Because) Ask(Campaign campaign)
    {
        if (Blocked() is { } blocked)
        {
            return (Outcomes.Blocked, blocked);
        }

        if (!campaign.Rollout.Includes(state.Id, campaign.Id, input.Branch))
        {
            return (Outcomes.Rollout, [new("client.branch", input.Branch), new("rollout.percent", campaign.Rollout.Percent.ToString("0.####", CultureInfo.InvariantCulture))]);
        }

        if (Condition(campaign) is { } condition)
        {
            return (Outcomes.Condition, condition);
        }

        return Consent(campaign.Channel) is { } consent ? (Outcomes.Consent, consent)
            : Suitability(campaign.Offer.Risk) is { } suitability ? (Outcomes.Suitability, suitability)
            : Holdout() is { } holdout ? (Outcomes.Holdout, holdout)
            : Control(campaign) is { } control ? (Outcomes.Control, control)
            : Cooldown(campaign) is { } cooldown ? (Outcomes.Cooldown, cooldown)
            : Cap() is { } cap ? (Outcomes.Cap, cap)
            : Desk(campaign) is { } desk ? (Outcomes.Desk, desk)
            : (Outcomes.Raised, []);
    }

    /// <summary>What is asked again when the window opens.</summary>
    public (string Outcome, ImmutableArray<Reason> Because) AskAgain(Campaign campaign) =>
        Blocked() is { } blocked ? (Outcomes.Blocked, blocked)
        : Consent(campaign.Channel) is { } consent ? (Outcomes.Consent, consent)
        : Suitability(campaign.Offer.Risk) is { } suitability ? (Outcomes.Suitability, suitability)
        : Cap() is { } cap ? (Outcomes.Cap, cap)
        : Desk(campaign) is { } desk ? (Outcomes.Desk, desk)
        : (Outcomes.Raised, []);

    /// <summary>May a prompt that was raised still stand?</summary>
    public bool StillAllowed(RaisedPrompt prompt) => Blocked() is null && Consent(prompt.Channel) is null && Suitability(prompt.Risk) is null;

    private ImmutableArray<Reason>? Blocked() => state.Status == "active" ? null : [new("client.status", state.Status)];

    private ImmutableArray<Reason>? Condition(Campaign campaign)
    {
        if (campaign.When is null)
        {
            return null;
        }

        var never = long.MaxValue;
        return campaign.When.TryEvaluate(input, ref never, out var holds) && holds ? null : [.. campaign.When.Explain(input)];
    }

    private ImmutableArray<Reason>? Consent(string? channel)
    {
        if (channel is null)
        {
            return null;
        }

        return state.AutomationRefused ? [new("consent.automation", "refused")]
            : !state.Consents.Contains(channel) && channel != EventTypes.Automation ? [new("consent." + channel, "not granted")]
            : null;
    }

    private ImmutableArray<Reason>? Suitability(int risk)
    {
        if (risk == 0)
        {
            return null;
        }

        return risk > state.Risk ? [new("offer.risk", risk.ToString()), new("client.risk", state.Risk.ToString())]
            : !input.RiskValid ? [new("client.riskValid", "false")]
            : null;
    }

    private ImmutableArray<Reason>? Holdout() =>
        catalogue.Holdout is { } holdout && holdout.Includes(state.Id) ? [new("holdout.percent", holdout.Percent.ToString("0.####", CultureInfo.InvariantCulture))] : null;

    private ImmutableArray<Reason>? Control(Campaign campaign)
    {
        if (catalogue.Experiments.FirstOrDefault(e => e.Id == campaign.Experiment) is not { } experiment)
        {
            return null;
        }

        var arm = experiment.ArmOf(experiment.Unit == ExperimentUnit.Outlet ? state.Outlet : state.Id);
        return arm == Experiment.ControlArm ? [new("experiment." + experiment.Id, arm)] : null;
    }

    private ImmutableArray<Reason>? Cooldown(Campaign campaign) =>
        campaign.CooldownMs > 0 && state.Contacts.LastRaisedMs.TryGetValue(campaign.Id, out var last) && input.NowMs - last < campaign.CooldownMs
            ? [new("last raised", Rfc3339.Format(last)), new("cooldown until", Rfc3339.Format(last + campaign.CooldownMs))]
            : null;

    private ImmutableArray<Reason>? Cap()
    {
        var policy = catalogue.Policy;
        if (policy.CapDays == 0)
        {
            return null;
        }

        var raised = state.Contacts.RaisedSince(Shanghai.Day(input.NowMs) - policy.CapDays + 1);
        return raised >= policy.CapPerClient ? [new("raised", raised.ToString()), new("policy.cap.perClient", policy.CapPerClient.ToString())] : null;
    }

    private ImmutableArray<Reason>? Desk(Campaign campaign)
    {
        var desk = DeskId.Parse(state.Assignment.Desk);
        var kind = desk.Kind switch
        {
            DeskKind.Advisor => DeskKinds.Advisor,
            DeskKind.Outlet => DeskKinds.Outlet,
            DeskKind.Hq => DeskKinds.Hq,
            _ => DeskKinds.None,
        };
        return (campaign.Desks & kind) == 0 ? [new("client.desk", state.Assignment.Desk)]
            : !Access.AnyoneMayAct(new(state.Outlet, desk, state.Assignment.HqFor), organisation, Shanghai.Day(input.NowMs)) ? [new("client.desk", state.Assignment.Desk), new("may act", "nobody")]
            : campaign.Offer.Licence is { } licence && !Access.HoldsLicence(desk, licence, organisation)
                ? [new("client.desk", state.Assignment.Desk), new("offer.licence", licence)]
            : null;
    }
}
