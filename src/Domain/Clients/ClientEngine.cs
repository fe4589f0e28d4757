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
    // What the rules of assignment read of a client.
    private static readonly ulong PlaceInputs = Inputs.Field("assets") | Inputs.Field("outlet");

    [ThreadStatic]
    private static (byte[]? Data, int Version) versionOf;

    private readonly IPublishedDocuments documents;
    private Catalogue catalogue;
    private OrganisationTree organisation;
    private SegmentEvaluation segments;
    private ClientInput? input;
    private bool asLoaded;

    public ClientEngine(ClientState state, PersonalFields personal, IPublishedDocuments documents)
    {
        this.documents = documents;
        State = state;
        Personal = personal;
        catalogue = documents.Catalogue(state.CatalogueVersion);
        organisation = documents.Organisation(state.OrganisationVersion);
        segments = new(catalogue, state.Memberships);
        asLoaded = true;
    }

    /// <summary>
    /// Works out what a snapshot leaves out: the metrics that counted nothing, and what time changes next, which follows from the
    /// state at the last record's instant. Not done before it is needed: who is loaded to be brought under another catalogue is judged anew.
    /// </summary>
    private void Complete()
    {
        if (!asLoaded)
        {
            return;
        }

        asLoaded = false;
        TakeMetrics();
        if (State.Position > 0)
        {
            segments.Evaluate(catalogue, Input(State.AtMs), Inputs.All, []);
        }
    }

    public ClientState State { get; }

    public PersonalFields Personal { get; private set; }

    /// <summary>Applies the client's next record.</summary>
    /// <param name="record">Its position must follow <c>State.Position</c>: whoever calls has checked.</param>
    public ClientEffects Apply(LogRecord record)
    {
        if (record.Kind != RecordKind.Catalogue)
        {
            Complete();
        }

        Debug.Assert(record.Position > State.Position, "A shard hands records on in order, and a client that differs is loaded again.");
        State.Position = record.Position;
        State.AtMs = record.AtMs;
        if (record.Client.Length > 0)
        {
            State.LastRecord = record.Position;
        }

        var before = (State.Outlet, State.Assignment.Desk, State.Events);
        var hqFor = State.Assignment.HqFor;
        var step = Step.Begin(record.Position, record.AtMs);
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
            case RecordKind.Full:
                OnFull(record, step);
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

        TellHq(step, before.Outlet, hqFor);
        return new(
            State.Id, record.Position,
            step.Memberships.Count == 0 ? [] : [.. step.Memberships],
            step.Decisions.Count == 0 ? [] : [.. step.Decisions],
            step.Messages.Messages.Count == 0 ? [] : [.. step.Messages.Messages],
            DueMs, step.Evaluated, PlaceChange(before), AsksMs);
    }

    /// <summary>The segments with what decided, at an instant.</summary>
    public IEnumerable<(Membership Membership, IReadOnlyList<Reason> Because)> Explain(long nowMs)
    {
        Complete();
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

    /// <summary>The client as expressions read him; the same one for the whole of a record.</summary>
    private ClientInput Input(long nowMs, RecordEvent? @event = null)
    {
        if (input is null || !input.IsOf(nowMs, Personal.BirthDate, catalogue, organisation, segments.Members))
        {
            input = new(State, Personal.BirthDate, catalogue, organisation, nowMs, segments.Members);
        }

        input.Event = @event;
        return input;
    }

    private void OnEvent(LogRecord record, Step step)
    {
        var data = new EventFields(record.Data);
        var @event = new RecordEvent(record);
        if (record.Personal is { } personal)
        {
            Personal = Personal.With(personal);
        }

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

    private void OnActed(LogRecord record)
    {
        using var document = JsonDocument.Parse(record.Data);
        var id = document.RootElement.GetProperty("prompt").GetString();
        var accepted = document.RootElement.GetProperty("state").GetString() == "accepted";
        var index = State.Contacts.Prompts.FindIndex(p => p.Id == id);
        if (index >= 0)
        {
            // What was accepted outlives its expiry, and undo can bring it back a little later: until then it may be withdrawn.
            var prompt = State.Contacts.Prompts[index];
            var undoableMs = prompt.Accepted && !accepted ? record.AtMs + PromptDecider.UndoMsMax + 1 : 0;
            State.Contacts.Prompts[index] = prompt with { Accepted = accepted, ExpiresMs = Math.Max(prompt.ExpiresMs, undoableMs) };
        }
    }

    private void OnCatalogue(LogRecord record, Step step)
    {
        var before = catalogue;
        catalogue = documents.Catalogue(State.CatalogueVersion = VersionOf(record));
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
        Evaluate(step, Inputs.All);
        Decide(step, null);
    }

    /// <summary>Prompts that stay on <c>hq</c> know by which mandates they are to be seen.</summary>
    private void TellHq(Step step, string outletBefore, MandateScope? hqForBefore)
    {
        var (now, outlet) = (State.Assignment, State.Outlet);
        if (hqForBefore is null || now.HqFor is null || (hqForBefore == now.HqFor && outletBefore == outlet))
        {
            return;
        }

        var (desk, hqFor) = (now.Desk, now.HqFor);
        step.Messages.Add((position, at) => new ClientRelated(position, at, State.Id, desk, outlet, hqFor));
    }

    private ClientPlaceChange? PlaceChange((string Outlet, string Desk, long Events) before) =>
        before.Events > 0 && before.Outlet == State.Outlet && before.Desk == State.Assignment.Desk ? null : new(State.Outlet, State.Assignment.Desk);

    /// <summary>A million clients meet one record: it is read once a thread, and known again by its data.</summary>
    private static int VersionOf(LogRecord record)
    {
        if (!ReferenceEquals(versionOf.Data, record.Data))
        {
            using var document = JsonDocument.Parse(record.Data);
            versionOf = (record.Data, document.RootElement.GetProperty("version").GetInt32());
        }

        return versionOf.Version;
    }

    private ulong Place(Step step, bool outletChanged = false)
    {
        var changed = ClientPlacement.Place(State, organisation, step.Messages, step.NowMs, outletChanged);
        return changed ? Inputs.Field("advisor") : Inputs.None;
    }
}
