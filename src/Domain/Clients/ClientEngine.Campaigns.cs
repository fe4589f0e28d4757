using System.Collections.Immutable;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Desks;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <content>Campaigns: what was triggered is decided by priority, raised or made to wait, and withdrawn when the permission ends.</content>
public sealed partial class ClientEngine
{
    private bool Matches(Campaign campaign, Step step)
    {
        var never = long.MaxValue;
        return campaign.When is null || (campaign.When.TryEvaluate(Input(step.NowMs), ref never, out var holds) && holds);
    }

    private void Decide(Step step, RecordEvent? @event)
    {
        if (step.Triggered.Count == 0)
        {
            return;
        }

        var input = Input(step.NowMs);
        var ranked = step.Triggered
            .Select(c =>
            {
                input.Event = c.Trigger.Kind == TriggerKind.Event ? @event : null;
                return (Campaign: c, Priority: PriorityOf(c, input));
            })
            .OrderByDescending(c => c.Priority).ThenBy(c => c.Campaign.Id, StringComparer.Ordinal).ToList();
        foreach (var (campaign, priority) in ranked)
        {
            input.Event = campaign.Trigger.Kind == TriggerKind.Event ? @event : null;
            var id = Decision.MakeId(State.Id, State.Events, step.NowMs, campaign.Id);
            if (State.Contacts.Speaks(id))
            {
                // Two versions met within one millisecond: the instant has made this decision.
                continue;
            }

            var (outcome, because) = new Gate(State, catalogue, organisation, input).Ask(campaign);
            if (outcome != Outcomes.Raised)
            {
                step.Decisions.Add(new(id, State.Id, campaign.Id, campaign.Trigger.Text, step.NowMs, outcome, null, because));
                continue;
            }

            State.Contacts.LastRaisedMs[campaign.Id] = step.NowMs;
            var opens = PolicyWindow.OpensMs(catalogue.Policy, step.NowMs);
            var waiting = new WaitingDecision(
                new(id, State.Id, campaign.Id, campaign.Trigger.Text, step.NowMs, Outcomes.Quiet, null, BecauseOf(campaign, input)),
                opens,
                priority,
                ValueOf(campaign, input),
                new(MessageRendering.Render(campaign.MessageZh, input), MessageRendering.Render(campaign.MessageEn, input)));
            if (opens > step.NowMs)
            {
                State.Contacts.Waiting.Add(waiting);
                step.Decisions.Add(waiting.Decision);
            }
            else
            {
                Raise(step, campaign, waiting);
            }
        }
    }

    /// <param name="anew">A catalogue was published: its window counts for what waits, and may be open already.</param>
    private void AskWaiting(Step step, bool anew = false)
    {
        var waiting = State.Contacts.Waiting;
        for (var i = 0; i < waiting.Count; i++)
        {
            var asked = waiting[i];
            if (asked.OpensMs > step.NowMs && !anew)
            {
                continue;
            }

            // A window that is still closed, or that a later catalogue closed, lets the decision wait again.
            var opens = PolicyWindow.OpensMs(catalogue.Policy, step.NowMs);
            if (opens > step.NowMs)
            {
                waiting[i] = asked with { OpensMs = opens };
                continue;
            }

            waiting.RemoveAt(i--);
            var campaign = catalogue.Campaigns.FirstOrDefault(c => c.Id == asked.Decision.Campaign);
            var (outcome, because) = campaign is null
                ? (Outcomes.Rollout, [new Reason("campaign", "gone")])
                : new Gate(State, catalogue, organisation, Input(step.NowMs)).AskAgain(campaign);
            if (outcome == Outcomes.Raised)
            {
                Raise(step, campaign!, asked);
            }
            else
            {
                step.Decisions.Add(asked.Decision with { Outcome = outcome, Because = because });
            }
        }
    }

    private void Raise(Step step, Campaign campaign, WaitingDecision decided)
    {
        var decision = decided.Decision with { Outcome = Outcomes.Raised, Prompt = decided.Decision.Id };
        var expires = step.NowMs + campaign.ExpiresMs;
        State.Contacts.OnRaised(step.NowMs);
        State.Contacts.Prompts.RemoveAll(p => !p.Accepted && p.ExpiresMs <= step.NowMs);
        State.Contacts.Prompts.Add(new(decision.Id, campaign.Channel, campaign.Offer.Risk, expires, false));
        AwaitGoal(decision.Id, campaign.Goal, step.NowMs);
        step.Decisions.Add(decision);
        var desk = State.Assignment.Desk;
        var prompt = new Prompt(
            decision.Id, 0, campaign.Id, campaign.Name, State.Id, desk, decided.Priority, decided.Value, decided.Message, decision.Because,
            step.NowMs, expires, PromptState.Open, null, null, null, null)
        {
            Outlet = State.Outlet,
            HqFor = State.Assignment.HqFor,
            Licence = campaign.Offer.Licence,
        };
        step.Messages.Add((position, at) => new PromptRaised(position, at, State.Id, desk, prompt));
    }

    /// <summary>Prompts that consent, suitability or status no longer allow are withdrawn at once; so are those of a client on the desk <c>none</c>, where nobody may act.</summary>
    private void Withdraw(Step step)
    {
        if (State.Contacts.Prompts.Count == 0)
        {
            return;
        }

        var gate = new Gate(State, catalogue, organisation, Input(step.NowMs));
        for (var i = 0; i < State.Contacts.Prompts.Count; i++)
        {
            if (State.Assignment.Desk == NoDesk || !gate.StillAllowed(State.Contacts.Prompts[i]))
            {
                Withdraw(step, State.Contacts.Prompts[i]);
                State.Contacts.Prompts.RemoveAt(i--);
            }
        }
    }

    private void Withdraw(Step step, RaisedPrompt prompt)
    {
        var desk = State.Assignment.Desk;
        var live = prompt.Accepted || prompt.ExpiresMs > step.NowMs;
        if (live && !prompt.Ended)
        {
            // One that was done, dismissed or expired before stays what it is, and what it led to still counts.
            State.Contacts.Goals.RemoveAll(g => g.Prompt == prompt.Id);
        }

        if (live && desk != NoDesk)
        {
            step.Messages.Add((position, at) => new PromptWithdrawn(position, at, State.Id, desk, prompt.Id));
        }
    }

    private static int PriorityOf(Campaign campaign, ClientInput input)
    {
        if (campaign.PriorityExpression is not { } expression)
        {
            return campaign.Priority;
        }

        if (!expression.TryEvaluate(input, out var value))
        {
            return 50;
        }

        return double.IsNaN(value.AsDouble) ? 50 : (int)Math.Round(Math.Clamp(value.AsDouble, 0, 100), MidpointRounding.ToEven);
    }

    private static decimal ValueOf(Campaign campaign, ClientInput input) =>
        campaign.Offer.Value is { } expression && expression.TryEvaluate(input, out var value)
            && Money.TryRound4(value.Kind == CelKind.Int ? value.AsInt : value.AsDouble, out var rounded)
            ? Math.Round(Money.Decimal4(rounded), 2, MidpointRounding.ToEven)
            : 0;

    private ImmutableArray<Reason> BecauseOf(Campaign campaign, ClientInput input)
    {
        var because = campaign.Trigger.Kind is TriggerKind.Enter or TriggerKind.Leave ? BecauseOf(catalogue.Segments[campaign.Trigger.Segment], input) : [];
        return campaign.When is { } when ? [.. because.Union(when.Explain(input))] : [.. because];
    }

    private static IReadOnlyList<Reason> BecauseOf(Segment segment, ClientInput input)
    {
        var never = long.MaxValue;
        return segment.When.TryEvaluate(input, ref never, out var holds) && holds ? segment.When.Explain(input) : segment.Stay.Explain(input);
    }
}
