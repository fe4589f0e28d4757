using System.Collections.Immutable;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Documents;
using Engagement.Domain.Experiments;
using Engagement.Domain.Language;

namespace Engagement.Domain.Shares;

internal sealed class SharingReader(ExpressionScope scope, ImmutableArray<Experiment> experiments, ProblemList problems)
{
    private static readonly ReadValue<SharingBasis> Basis = Values.Choice(
        ("all", SharingBasis.All), ("attributed", SharingBasis.Attributed), ("incremental", SharingBasis.Incremental));

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public ImmutableArray<SharingRule> Read(DocumentNode node, ProblemList _) => [.. Values.List(Rule)(node, problems).OfType<SharingRule>()];

    private SharingRule? Rule(DocumentNode node, ProblemList _)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return null;
        }

        var basis = fields.Optional("basis", Basis, SharingBasis.All);
        var experiment = For(SharingBasis.Incremental, "experiment", (value, _) => ExperimentReader.Known(value, experiments, problems), null);
        var rule = new SharingRule(
            fields.Id(taken),
            fields.Required("from", Times.Day, 0),
            fields.Optional("when", ExpressionReader.Of(scope, CelKind.Bool), null),
            basis,
            For(SharingBasis.Attributed, "window", Times.Duration, 0L),
            experiment?.Id,
            For(SharingBasis.Incremental, "metric", (value, _) => Metric(value, experiment), null),
            fields.Required("shares", Shares, default));
        fields.Close();
        return rule;

        T For<T>(SharingBasis needed, string name, ReadValue<T> read, T otherwise) =>
            basis == needed ? fields.Required(name, read, otherwise) : fields.Optional(name, read, otherwise);
    }

    private string Metric(DocumentNode node, Experiment? experiment)
    {
        var id = Values.Text(node, problems);
        if (experiment is not null && id.Length > 0 && !experiment.Metrics.Any(m => m.Id == id))
        {
            problems.Add(
                node,
                ProblemCode.UnknownMetric,
                Diagnostic.NoExperimentMetric(experiment.Id, Values.Quoted(id), problems.Meant(id, experiment.Metrics.Select(m => m.Id))));
        }

        return id;
    }

    private static PartyShares Shares(DocumentNode node, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return default;
        }

        var before = problems.Count;
        var shares = new PartyShares(
            fields.Optional("hq", Numbers.Share, 0m),
            fields.Optional("branch", Numbers.Share, 0m),
            fields.Optional("outlet", Numbers.Share, 0m),
            fields.Optional("advisor", Numbers.Share, 0m));
        fields.Close();
        var sum = shares.Hq + shares.Branch + shares.Outlet + shares.Advisor;
        if (problems.Count == before && sum != 1)
        {
            Values.WrongValue(node, problems, Diagnostic.ShareSum(sum));
        }

        return shares;
    }
}
