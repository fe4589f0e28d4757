using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Desks;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <summary>The published documents by version. Lookups are passed in: the engine knows nothing of where they come from.</summary>
public interface IPublishedDocuments
{
    Catalogue Catalogue(int version);

    OrganisationTree Organisation(int version);
}

/// <summary>
/// One client, awake: his state, and what follows when a record of his log is applied. Pure but for the state it holds:
/// the same records and documents give the same effects. Order within a record: fold, segments, then campaigns by priority.
/// At an instant of the clock: waiting decisions first.
/// </summary>
public sealed partial class ClientEngine
{
    private readonly IPublishedDocuments documents;
    private Catalogue catalogue;
    private OrganisationTree organisation;
    private SegmentEvaluation segments;

    public ClientEngine(ClientState state, PersonalFields personal, IPublishedDocuments documents)
    {
        this.documents = documents;
        State = state;
        Personal = personal;
        catalogue = documents.Catalogue(state.CatalogueVersion);
        organisation = documents.Organisation(state.OrganisationVersion);
        segments = new(catalogue, state.Memberships);
        // A snapshot leaves out what has counted nothing.
        TakeMetrics();
        if (state.Position > 0)
        {
            // What time changes next is not in a snapshot: it follows from the state at the last record's instant.
            segments.Evaluate(catalogue, Input(state.AtMs), Inputs.All);
        }
    }

    public ClientState State { get; }

    public PersonalFields Personal { get; private set; }

    /// <summary>Applies the client's next record.</summary>
    /// <param name="record">Its position must follow <c>State.Position</c>: whoever calls has checked.</param>
    public ClientEffects Apply(LogRecord record)
    {
        Debug.Assert(record.Position > State.Position, "A shard hands records on in order, and a client that differs is loaded again.");
        State.Position = record.Position;
        State.AtMs = record.AtMs;
        if (record.Client.Length > 0)
        {
            State.LastRecord = record.Position;
        }

        var before = (State.Outlet, State.Assignment.Desk, State.Events);
        var step = new Step(record.AtMs, new MessageList(record.Position, record.AtMs));
        switch (record.Kind)
        {
            case RecordKind.Event:
                OnEvent(record, step);
                break;
            case RecordKind.Due:
                OnDue(step);
                break;
            case RecordKind.Granted:
                OnGranted(record, step);
                break;
            case RecordKind.Acted:
                OnActed(record);
                break;
            case RecordKind.Catalogue:
                OnCatalogue(record, step);
                break;
            case RecordKind.Organisation:
                OnOrganisation(record, step);
                break;
            case RecordKind.Erased:
                OnErased(step);
                break;
            default:
                throw new InvalidOperationException($"Record {record.Position} has the unknown kind {record.Kind}.");
        }

        return new(State.Id, record.Position, [.. step.Memberships], [.. step.Decisions], [.. step.Messages.Messages], DueMs, step.Evaluated, PlaceChange(before), AsksMs);
    }

    /// <summary>The segments with what decided, at an instant.</summary>
    public IEnumerable<(Membership Membership, IReadOnlyList<Reason> Because)> Explain(long nowMs)
    {
        var input = Input(nowMs);
        foreach (var membership in State.Memberships)
        {
            if (catalogue.Segments.FirstOrDefault(s => s.Id == membership.Segment) is { } segment)
            {
                yield return (membership, BecauseOf(segment, input));
            }
        }
    }

    /// <summary>Channels granted, automation included unless refused; sorted.</summary>
    public IReadOnlyList<string> Consents => ClientInput.Consents(State);

    public string Branch => Input(State.AtMs).Branch;

    public string Tier => Input(State.AtMs).Text(ClientText.Tier);

    public long AgeAt(long nowMs) => Input(nowMs).Age;

    private ClientInput Input(long nowMs) => new(State, Personal.BirthDate, catalogue, organisation, nowMs, segments.Members);

    private void OnEvent(LogRecord record, Step step)
    {
        using var document = JsonDocument.Parse(record.Data);
        var data = document.RootElement;
        var @event = new RecordEvent(record, data);
        if (record.Personal is { } personal)
        {
            Personal = Personal.With(personal);
        }

        var outlet = State.Outlet;
        var changed = ClientFold.Apply(State, record, data) | CountMetrics(record, data, @event);
        changed |= Place(step, outletChanged: State.Outlet != outlet);
        var triggers = Evaluate(step, changed);
        triggers.AddRange(catalogue.Campaigns.Where(c => c.Trigger.Kind == TriggerKind.Event && c.Trigger.Event == record.Type));
        Withdraw(step);
        Decide(step, triggers, @event);
    }

    private void OnDue(Step step)
    {
        AskWaiting(step);
        var changed = State.Assignment.RetryMs > 0 && State.Assignment.RetryMs <= step.NowMs ? Place(step) : Inputs.None;
        var triggers = Evaluate(step, changed);
        var minute = Shanghai.MinuteOfDay(step.NowMs);
        if (step.NowMs == Shanghai.StartMs(Shanghai.Day(step.NowMs)) + (minute * Shanghai.MinuteMs))
        {
            triggers.AddRange(catalogue.Campaigns.Where(c => c.Trigger.Kind == TriggerKind.Every && c.Trigger.AtMinute == minute && Matches(c, step)));
        }

        Withdraw(step);
        Decide(step, triggers, null);
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
        Decide(step, Evaluate(step, changed), null);
    }

    private void OnActed(LogRecord record)
    {
        using var document = JsonDocument.Parse(record.Data);
        var id = document.RootElement.GetProperty("prompt").GetString();
        var accepted = document.RootElement.GetProperty("state").GetString() == "accepted";
        var index = State.Contacts.Prompts.FindIndex(p => p.Id == id);
        if (index >= 0)
        {
            State.Contacts.Prompts[index] = State.Contacts.Prompts[index] with { Accepted = accepted };
        }
    }

    private void OnCatalogue(LogRecord record, Step step)
    {
        catalogue = documents.Catalogue(State.CatalogueVersion = VersionOf(record));
        TakeMetrics();
        segments = new(catalogue, State.Memberships);
        foreach (var gone in State.Memberships.Where(m => !catalogue.Segments.Any(s => s.Id == m.Segment)).ToList())
        {
            State.Memberships.Remove(gone);
            step.Memberships.Add(new(gone.Segment, false, step.NowMs));
        }

        AskWaiting(step, anew: true);
        var triggers = Evaluate(step, Inputs.All);
        Decide(step, triggers.FindAll(c => c.OnPublish), null);
    }

    private void OnOrganisation(LogRecord record, Step step)
    {
        organisation = documents.Organisation(State.OrganisationVersion = VersionOf(record));
        Place(step);
        Evaluate(step, Inputs.All);
    }

    private void OnErased(Step step)
    {
        Personal = PersonalFields.None;
        // From the memberships as they stand, so that a client loaded from the record's own anchor, who never had the fields,
        // leaves and enters what the one who lost them does.
        segments = new(catalogue, State.Memberships);
        Decide(step, Evaluate(step, Inputs.All), null);
    }

    private ClientPlaceChange? PlaceChange((string Outlet, string Desk, long Events) before) =>
        before.Events > 0 && before.Outlet == State.Outlet && before.Desk == State.Assignment.Desk ? null : new(State.Outlet, State.Assignment.Desk);

    private static int VersionOf(LogRecord record)
    {
        using var document = JsonDocument.Parse(record.Data);
        return document.RootElement.GetProperty("version").GetInt32();
    }

    /// <summary>Metrics stand parallel to the catalogue's; one that is new, or defined anew, counts from here on.</summary>
    private void TakeMetrics()
    {
        var known = State.Metrics.ToDictionary(m => (m.Id, m.Fingerprint));
        State.Metrics = [.. catalogue.Metrics.Select(m => known.GetValueOrDefault((m.Id, m.Fingerprint)) ?? new() { Id = m.Id, Fingerprint = m.Fingerprint })];
    }

    private ulong CountMetrics(LogRecord record, JsonElement data, RecordEvent @event)
    {
        var changed = Inputs.None;
        ClientInput? input = null;
        for (var i = 0; i < catalogue.Metrics.Length; i++)
        {
            var metric = catalogue.Metrics[i];
            if (metric.On != record.Type || !TryValue(metric, i, out var value))
            {
                continue;
            }

            State.Metrics[i].Add(record.TimeMs, record.AtMs, value);
            changed |= Inputs.Metric(i);
        }

        return changed;

        bool TryValue(Metric metric, int index, out long value)
        {
            if (metric.BuiltIn)
            {
                return ClientFold.TryBuiltIn(index, record.Type, data, out value);
            }

            value = Money.Scale4;
            if (record.Type == EventTypes.CashMoved && ClientFold.IsInternal(data))
            {
                return false;
            }

            input ??= new(State, Personal.BirthDate, catalogue, organisation, record.AtMs, segments.Members) { Event = @event };
            var never = long.MaxValue;
            if (metric.Where is { } where && !(where.TryEvaluate(input, ref never, out var counts) && counts))
            {
                return false;
            }

            return metric.Value is not { } expression
                || (expression.TryEvaluate(input, out var number) && Money.TryRound4(number.Kind == CelKind.Int ? number.AsInt : number.AsDouble, out value));
        }
    }

    private ulong Place(Step step, bool outletChanged = false)
    {
        var changed = ClientPlacement.Place(State, organisation, step.Messages, step.NowMs, outletChanged);
        return changed ? Inputs.Field("advisor") : Inputs.None;
    }

    private List<Campaign> Evaluate(Step step, ulong changed)
    {
        var (indices, evaluated) = segments.Evaluate(catalogue, Input(step.NowMs), changed);
        step.Evaluated += evaluated;
        List<Campaign> triggers = [];
        foreach (var index in indices)
        {
            var (id, entered) = (catalogue.Segments[index].Id, segments.Members[index]);
            if (entered)
            {
                State.Memberships.Add(new(id, step.NowMs));
            }
            else
            {
                State.Memberships.RemoveAll(m => m.Segment == id);
            }

            step.Memberships.Add(new(id, entered, step.NowMs));
            var kind = entered ? TriggerKind.Enter : TriggerKind.Leave;
            triggers.AddRange(catalogue.Campaigns.Where(c => c.Trigger.Kind == kind && c.Trigger.Segment == index));
        }

        return triggers;
    }

    /// <summary>The earliest instant after the last record at which time alone can matter; <see cref="long.MaxValue"/>: never.</summary>
    public long DueMs => DueAfter(State.AtMs);

    /// <summary>When time alone can make the client ask for a place on a desk, or give one back.</summary>
    public long AsksMs => State.Assignment.RetryMs > 0 ? State.Assignment.RetryMs : long.MaxValue;

    private long DueAfter(long nowMs)
    {
        var due = Math.Min(segments.DueMs, AsksMs);
        foreach (var waiting in State.Contacts.Waiting)
        {
            due = Math.Min(due, waiting.OpensMs);
        }

        if (State.Contacts.Prompts.Exists(p => p.Risk > 0 && (p.Accepted || p.ExpiresMs > nowMs)))
        {
            due = Math.Min(due, Input(nowMs).RiskValidChangesAtMs);
        }

        foreach (var campaign in catalogue.Campaigns)
        {
            if (campaign.Trigger.Kind == TriggerKind.Every)
            {
                due = Math.Min(due, NextMs(campaign.Trigger.AtMinute, nowMs));
            }
        }

        return due;
    }

    private static long NextMs(int minute, long nowMs)
    {
        var today = Shanghai.StartMs(Shanghai.Day(nowMs)) + (minute * Shanghai.MinuteMs);
        return today > nowMs ? today : today + Shanghai.DayMs;
    }

    private sealed class Step(long nowMs, MessageList messages)
    {
        public long NowMs => nowMs;

        public MessageList Messages => messages;

        public List<MembershipChange> Memberships { get; } = [];

        public List<Decision> Decisions { get; } = [];

        public int Evaluated { get; set; }
    }
}
