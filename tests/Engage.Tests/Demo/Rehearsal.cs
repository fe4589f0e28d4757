using System.Text;
using System.Text.Json;
using Engagement.Domain;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Engage.Demo;

namespace Engagement.Engage.Tests.Demo;

/// <summary>Plays the demo through the pure domain, without an engine around it: every event is read, applied and decided upon.</summary>
internal sealed class Rehearsal : IPublishedDocuments
{
    private readonly Catalogue _catalogue;
    private readonly OrganisationTree _organisation;
    private readonly Dictionary<string, ClientEngine> _clients = [];
    private readonly PriorityQueue<(string Client, long DueMs), long> _due = new();
    private readonly Dictionary<string, int> _load = [];
    private long _position;

    public Rehearsal(int year)
    {
        Assert.True(CatalogueDocument.TryRead(Resource.Text("Demo.catalogue.yaml"), DocumentFormat.Yaml, 1, out var catalogue, out _));
        Assert.True(OrganisationDocument.TryRead(DemoOrganisation.Default.ToYaml(year), DocumentFormat.Yaml, 1, out var organisation, out _));
        (_catalogue, _organisation) = (catalogue, organisation);
    }

    public List<(Prompt Prompt, long AtMs)> Prompts { get; } = [];

    public Dictionary<string, int> Decisions { get; } = [];

    public Dictionary<string, int> Entered { get; } = [];

    public IReadOnlyDictionary<string, int> Load => _load;

    /// <param name="nowMs">The engine's clock; what falls due before it comes first.</param>
    public void Send(DemoEvent one, long nowMs)
    {
        while (_due.TryPeek(out var due, out var dueMs) && dueMs <= nowMs)
        {
            _due.Dequeue();
            Apply(due.Client, new(++_position, RecordKind.Due, due.Client, "", "", LogRecord.DueType, dueMs, dueMs, "{}"u8.ToArray(), null));
        }

        var refusal = EventReader.TryRead(Encoding.UTF8.GetBytes(Lines.Of([one])), nowMs, out _, out var read);
        Assert.True(refusal is null, $"{one}: {refusal}");
        Apply(one.Client, new(++_position, RecordKind.Event, read!.Client, read.Source, read.Id, read.Type, read.TimeMs, nowMs, read.Data, read.Personal));
    }

    Catalogue IPublishedDocuments.Catalogue(int version) => _catalogue;

    OrganisationTree IPublishedDocuments.Organisation(int version) => _organisation;

    private void Apply(string id, LogRecord record)
    {
        if (!_clients.TryGetValue(id, out var client))
        {
            client = _clients[id] = new(new ClientState { Id = id, CatalogueVersion = 1, OrganisationVersion = 1 }, PersonalFields.None, this);
        }

        var effects = client.Apply(record);
        foreach (var decision in effects.Decisions)
        {
            Count(Decisions, $"{decision.Campaign} {decision.Outcome}");
        }

        foreach (var change in effects.Memberships.Where(m => m.Entered))
        {
            Count(Entered, change.Segment);
        }

        if (effects.DueMs < long.MaxValue)
        {
            _due.Enqueue((id, effects.DueMs), effects.DueMs);
        }

        foreach (var message in effects.Messages)
        {
            Take(message, record.AtMs);
        }
    }

    private void Take(Message message, long atMs)
    {
        if (message is PromptRaised raised)
        {
            Prompts.Add((raised.Prompt, atMs));
        }
        else if (message is PlaceAsked asked && Place(asked) is { } advisor)
        {
            Count(_load, advisor);
            var grant = JsonSerializer.SerializeToUtf8Bytes(new { advisor, branch = asked.Branch, asked = asked.Asked });
            Apply(asked.Client, new(++_position, RecordKind.Granted, asked.Client, "", "", LogRecord.GrantedType, atMs, atMs, grant, null));
        }
    }

    // The fewest clients of the outlet, as the branch would choose; places that are given back stay taken here.
    private string? Place(PlaceAsked asked) => _organisation.Outlets[asked.Outlet].Advisors
        .Where(a => _load.GetValueOrDefault(a.Id) < a.Capacity)
        .OrderBy(a => _load.GetValueOrDefault(a.Id)).ThenBy(a => a.Id, StringComparer.Ordinal)
        .FirstOrDefault()?.Id;

    private static void Count(Dictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
