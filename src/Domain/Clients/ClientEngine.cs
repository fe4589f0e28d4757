using System.Collections.Immutable;
using System.Diagnostics;
using Engagement.Domain.Campaigns;
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

        var before = (State.Outlet, State.Assignment.Desk, State.Assignment.HqFor, State.Events);
        var step = Step.Begin(record.Position, record.AtMs);
        var opened = State.Opened;
        var gauges = Gauges(step.NowMs, step.OpenBefore);
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
                OnActed(record, step);
                break;
            case RecordKind.Catalogue:
                OnCatalogue(record, step);
                break;
            case RecordKind.Organisation:
                OnOrganisation(record, step);
                break;
            case RecordKind.Met:
                break;
            case RecordKind.Erased:
                OnErased(step);
                break;
            default:
                throw new InvalidOperationException($"Record {record.Position} has the unknown kind {record.Kind}.");
        }

        TellHq(step, before.Outlet, before.HqFor);
        return new(
            State.Id, record.Position,
            step.Memberships.Count == 0 ? [] : [.. step.Memberships],
            step.Decisions.Count == 0 ? [] : [.. step.Decisions],
            step.Messages.Messages.Count == 0 ? [] : [.. step.Messages.Messages],
            DueMs, step.Evaluated, PlaceChange(before), AsksMs)
        {
            Counts = Counts(record, step, gauges, accountOpened: !opened && State.Opened),
            Failed = step.Failed,
        };
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

    /// <summary>The segments that he is not in for no better reason than that their evaluation fails at an instant, with what fails.</summary>
    public IEnumerable<(string Segment, IReadOnlyList<Reason> Because)> Failures(long nowMs)
    {
        Complete();
        var input = Input(nowMs);
        foreach (var segment in catalogue.Segments)
        {
            var never = long.MaxValue;
            if (!segments.Members[segment.Index] && !segment.When.TryEvaluate(input, ref never, out bool _))
            {
                yield return (segment.Id, segment.When.Explain(input));
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

    private ClientPlaceChange? PlaceChange((string Outlet, string Desk, MandateScope? HqFor, long Events) before) =>
        before.Events > 0 && (before.Outlet, before.Desk, before.HqFor) == (State.Outlet, State.Assignment.Desk, State.Assignment.HqFor)
            ? null
            : new(State.Outlet, State.Assignment.Desk) { HqFor = State.Assignment.HqFor };

    private ulong Place(Step step, bool outletChanged = false)
    {
        var changed = ClientPlacement.Place(State, organisation, step.Messages, step.NowMs, outletChanged);
        return changed ? Inputs.Field("advisor") : Inputs.None;
    }
}
