namespace Engagement.Contracts.Catalogue;

/// <summary>All versions of one document, as its grain stores them.</summary>
[GenerateSerializer, Alias("document-versions")]
public sealed class DocumentVersions
{
    /// <summary>Name of the grain's state, by which storage finds it.</summary>
    public const string StateName = "versions";

    [Id(0)]
    public List<DocumentVersion> All { get; set; } = [];

    /// <summary>The version on its way into the shards' logs; 0: none.</summary>
    [Id(1)]
    public int Pending { get; set; }

    /// <summary>The version of the organisation up to which the branches have given away what became free.</summary>
    [Id(2)]
    public int RefreshedVersion { get; set; }

    /// <summary>The version that waits for a second person; 0: none.</summary>
    [Id(3)]
    public int Waiting { get; set; }

    /// <summary>The version of the organisation for which the branches have handed places over to each other.</summary>
    [Id(4)]
    public int PlacedVersion { get; set; }
}
