namespace Engagement.Domain.Documents;

/// <summary>The stable codes of problems in documents; those of expressions come from the language.</summary>
public static class ProblemCode
{
    public const string TooLarge = "document.too.large";
    public const string TooDeep = "document.too.deep";
    public const string Syntax = "document.syntax";

    /// <summary>Anchors, aliases, tags and several documents in one file: YAML that is not taken here.</summary>
    public const string Unsupported = "document.unsupported";
    public const string UnknownField = "document.unknown.field";
    public const string Type = "document.type";
    public const string Missing = "document.missing";
    public const string Duplicate = "document.duplicate";
    public const string Value = "document.value";

    public const string UnknownSegment = "catalogue.unknown.segment";
    public const string UnknownEvent = "catalogue.unknown.event";
    public const string UnknownExperiment = "catalogue.unknown.experiment";
    public const string UnknownMetric = "catalogue.unknown.metric";
    public const string Cycle = "catalogue.cycle";

    public const string UnknownAdvisor = "organisation.unknown.advisor";
}
