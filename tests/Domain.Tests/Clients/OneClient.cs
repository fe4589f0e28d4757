using System.Text;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Clients;

/// <summary>One client whose log is written by hand. Documents are numbered in the order in which they are given.</summary>
internal sealed class OneClient : IPublishedDocuments
{
    private readonly List<Catalogue> catalogues = [Domain.Campaigns.Catalogue.Empty];
    private readonly List<OrganisationTree> organisations = [OrganisationTree.Empty];
    private long position;

    public OneClient() => Engine = new(new ClientState { Id = "c-1" }, PersonalFields.None, this);

    public ClientEngine Engine { get; }

    public Catalogue Catalogue(int version) => catalogues[version];

    public OrganisationTree Organisation(int version) => organisations[version];

    public ClientEffects On(string at, string type, string data) => Apply(RecordKind.Event, at, type, data);

    public ClientEffects Due(string at) => Apply(RecordKind.Due, at, LogRecord.DueType, "");

    /// <param name="branch">The branch that grants what was asked for in the record at <paramref name="asked"/>.</param>
    public ClientEffects Granted(string at, string advisor, string branch, long asked) =>
        Apply(RecordKind.Granted, at, LogRecord.GrantedType, $$"""{"advisor":"{{advisor}}","branch":"{{branch}}","asked":{{asked}}}""");

    /// <summary>The branch's answer while it has no room.</summary>
    public ClientEffects Full(string at, string branch, long asked) =>
        Apply(RecordKind.Full, at, LogRecord.FullType, $$"""{"branch":"{{branch}}","asked":{{asked}}}""");

    public ClientEffects Acted(string at, string prompt, string state, string action = "") =>
        Apply(RecordKind.Acted, at, LogRecord.ActedType, $$"""{"prompt":"{{prompt}}","state":"{{state}}","action":"{{action}}"}""");

    public ClientEffects PublishCatalogue(string at, string yaml)
    {
        Assert.True(CatalogueDocument.TryRead(yaml, DocumentFormat.Yaml, catalogues.Count, out var catalogue, out var problems), string.Join('\n', problems));
        catalogues.Add(catalogue!);
        return Apply(RecordKind.Catalogue, at, LogRecord.CatalogueType, $$"""{"version":{{catalogue!.Version}}}""");
    }

    public ClientEffects PublishOrganisation(string at, string yaml)
    {
        Assert.True(OrganisationDocument.TryRead(yaml, DocumentFormat.Yaml, organisations.Count, out var tree, out var problems), string.Join('\n', problems));
        organisations.Add(tree!);
        return Apply(RecordKind.Organisation, at, LogRecord.OrganisationType, $$"""{"version":{{tree!.Version}}}""");
    }

    private ClientEffects Apply(RecordKind kind, string at, string type, string data)
    {
        Assert.True(Rfc3339.TryParse(at, out var ms));
        position++;
        return Engine.Apply(new(position, kind, "c-1", "test", $"e-{position}", type, ms, ms, Encoding.UTF8.GetBytes(data), null));
    }
}
