namespace Engagement.Contracts.Catalogue;

/// <summary>What the documents' grains are called.</summary>
public static class DocumentKeys
{
    public static string Of(DocumentKind kind) => kind == DocumentKind.Catalogue ? "catalogue" : "organisation";
}
