using System.Text.Json;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Desks;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Clients;

/// <content>What each kind of record does to a client.</content>
public sealed partial class ClientEngine
{
    private void OnEvent(LogRecord record, Step step)
    {
        var @event = RecordEvent.Of(record);
        var data = @event.Fields;
        if (record.Personal is { } personal)
        {
            Personal = Personal.With(personal);
        }

        if (record.Type == EventTypes.CashMoved && !ClientFold.IsInternal(data))
        {
            step.NetInflowFen = data.Fen("amount"u8);
        }

        step.Conversions = CreditGoal(record) ? 1 : 0;
        var outlet = State.Outlet;
        var changed = ClientFold.Apply(State, record, data) | CountMetrics(record, data, @event);
        if ((changed & PlaceInputs) != 0)
        {
            changed |= Place(step, outletChanged: State.Outlet != outlet);
        }

        Evaluate(step, changed);
        step.Triggered.AddRange(catalogue.Index.OnEvent(record.Type));
        Withdraw(step);
        Decide(step, @event);
    }

    private void OnDue(Step step)
    {
        // What ends by time ends on the desk where it is, also at the midnight of a mandate that moves the client.
        Withdraw(step);
        // At the midnight of a mandate what waits is decided on the desk of that moment.
        var changed = ClientPlacement.MandateChanged(State, organisation, step.NowMs) ? Place(step) : Inputs.None;
        AskWaiting(step);
        changed |= State.Assignment.RetryMs > 0 && State.Assignment.RetryMs <= step.NowMs ? Place(step) : Inputs.None;
        Evaluate(step, changed);
        var minute = Shanghai.MinuteOfDay(step.NowMs);
        if (step.NowMs == Shanghai.StartMs(Shanghai.Day(step.NowMs)) + (minute * Shanghai.MinuteMs))
        {
            step.Triggered.AddRange(catalogue.Index.Every.Where(c => c.Trigger.AtMinute == minute && Matches(c, step)));
        }

        Withdraw(step);
        Decide(step, null);
    }

    private void OnGranted(LogRecord record, Step step)
    {
        using var document = JsonDocument.Parse(record.Data);
        var grant = document.RootElement;
        var advisor = grant.GetProperty("advisor").GetString()!;
        var branch = grant.GetProperty("branch").GetString()!;
        var granted = ClientPlacement.OnGranted(State, organisation, advisor, branch, grant.GetProperty("asked").GetInt64(), step.Messages, step.NowMs);
        // The advisor may have left between the grant and its record.
        var changed = granted ? Inputs.Field("advisor") | Place(step) : Inputs.None;
        Evaluate(step, changed);
        Decide(step, null);
    }

    private void OnFull(LogRecord record, Step step)
    {
        using var document = JsonDocument.Parse(record.Data);
        var full = document.RootElement;
        if (ClientPlacement.OnFull(State.Assignment, full.GetProperty("branch").GetString()!, full.GetProperty("asked").GetInt64()))
        {
            Evaluate(step, Place(step));
            Decide(step, null);
        }
    }

    private void OnActed(LogRecord record, Step step)
    {
        using var document = JsonDocument.Parse(record.Data);
        var id = document.RootElement.GetProperty("prompt").GetString();
        var state = document.RootElement.GetProperty("state").GetString();
        var action = document.RootElement.TryGetProperty("action", out var named) ? named.GetString() : null;
        var accepted = state == "accepted";
        step.Accepted = accepted && action == "accept" ? 1 : 0;
        if (state == "withdrawn")
        {
            // Undone after the permission had ended.
            State.Contacts.Goals.RemoveAll(g => g.Prompt == id);
        }

        var index = State.Contacts.Prompts.FindIndex(p => p.Id == id);
        if (index >= 0)
        {
            // What was accepted outlives its expiry, and undo can bring it back a little later: until then it may be withdrawn.
            var prompt = State.Contacts.Prompts[index];
            var undoableMs = prompt.Accepted && !accepted ? record.AtMs + PromptDecider.UndoMsMax + 1 : 0;
            step.Accepted = prompt.Accepted && !accepted && action == "undo" ? -1 : step.Accepted;
            State.Contacts.Prompts[index] = prompt with
            {
                Accepted = accepted,
                Ended = state is not ("open" or "seen" or "snoozed" or "accepted"),
                ExpiresMs = Math.Max(prompt.ExpiresMs, undoableMs),
            };
        }
    }

    private void OnCatalogue(LogRecord record, Step step)
    {
        var before = catalogue;
        catalogue = documents.Catalogue(State.CatalogueVersion = PublishedVersion.Of(record.Data));
        asLoaded = false;
        TakeMetrics(record, before);
        segments = new(catalogue, State.Memberships);
        for (var i = 0; i < State.Memberships.Count; i++)
        {
            var id = State.Memberships[i].Segment;
            if (!catalogue.Index.HasSegment(id))
            {
                State.Memberships.RemoveAt(i--);
                step.Memberships.Add(new(id, false, step.NowMs));
            }
        }

        AskWaiting(step, anew: true);
        Evaluate(step, Inputs.All);
        step.Triggered.RemoveAll(c => !c.OnPublish);
        Decide(step, null);
    }

    private void OnOrganisation(LogRecord record, Step step)
    {
        organisation = documents.Organisation(State.OrganisationVersion = PublishedVersion.Of(record.Data));
        Place(step);
        Evaluate(step, Inputs.All);
        Withdraw(step);
    }

    private void OnErased(Step step)
    {
        Personal = PersonalFields.None;
        // From the memberships as they stand, so that a client loaded from the record's own anchor, who never had the fields,
        // leaves and enters what the one who lost them does.
        segments = new(catalogue, State.Memberships);
        Evaluate(step, Inputs.All);
        Decide(step, null);
    }
}
