using System.Collections.Immutable;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Documents;

namespace Engagement.Domain.Experiments;

internal static class ExperimentReader
{
    private const int DefaultPlannedUnits = 10_000;

    private static readonly ReadValue<ExperimentUnit> Unit = Values.Choice(("client", ExperimentUnit.Client), ("outlet", ExperimentUnit.Outlet));

    private static readonly ReadValue<MeasureKind> Kind = Values.Choice(("proportion", MeasureKind.Proportion), ("mean", MeasureKind.Mean));

    public static ImmutableArray<Experiment> Read(DocumentNode node, ProblemList problems)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. Values.List((item, _) => Experiment(item, taken, problems))(node, problems).OfType<Experiment>()];
    }

    /// <summary>The experiment that a field names; null, and a problem, where there is none.</summary>
    public static Experiment? Known(DocumentNode node, ImmutableArray<Experiment> experiments, ProblemList problems)
    {
        var id = Values.Text(node, problems);
        var found = experiments.FirstOrDefault(e => e.Id == id);
        if (found is null && id.Length > 0)
        {
            problems.Add(node, ProblemCode.UnknownExperiment, Diagnostic.UnknownExperiment(Values.Quoted(id), problems.Meant(id, experiments.Select(e => e.Id))));
        }

        return found;
    }

    public static Holdout? Holdout(DocumentNode node, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return null;
        }

        var holdout = new Holdout(fields.Required("percent", Numbers.Percent, 0m), fields.Optional("seed", Values.Text, "holdout"));
        fields.Close();
        return holdout;
    }

    private static Experiment? Experiment(DocumentNode node, HashSet<string> taken, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return null;
        }

        var id = fields.Id(taken);
        var metricIds = new HashSet<string>(StringComparer.Ordinal);
        var experiment = new Experiment(
            id,
            fields.Optional("unit", Unit, ExperimentUnit.Client),
            fields.Required("arms", Arms, []),
            fields.Optional("seed", Values.Text, id),
            fields.Optional("n", Numbers.Whole(1, int.MaxValue), DefaultPlannedUnits),
            fields.Optional("metrics", Values.List((item, _) => Metric(item, metricIds, problems)), []));
        fields.Close();
        return experiment;
    }

    private static ImmutableArray<Arm> Arms(DocumentNode node, ProblemList problems)
    {
        if (node is not DocumentMapping mapping)
        {
            Values.WrongType(node, problems, Diagnostic.ArmShares);
            return [];
        }

        var before = problems.Count;
        var arms = ImmutableArray.CreateBuilder<Arm>(mapping.Entries.Count);
        foreach (var (key, start, value) in mapping.Entries)
        {
            if (!Ids.IsValid(key))
            {
                problems.Add(node.Path.Field(key), start, ProblemCode.Value, Diagnostic.IdForm);
            }

            arms.Add(new(key, Numbers.Share(value, problems)));
        }

        if (problems.Count == before && arms.Sum(a => a.Share) != 1)
        {
            Values.WrongValue(node, problems, Diagnostic.ArmSum(arms.Sum(a => a.Share)));
        }

        return arms.ToImmutable();
    }

    private static ExperimentMetric Metric(DocumentNode node, HashSet<string> taken, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return new("", "", null, MeasureKind.Proportion, 0);
        }

        var metric = new ExperimentMetric(
            fields.Id(taken),
            fields.Required("on", MetricReader.EventType, ""),
            fields.Optional<string?>("value", Values.Text, null),
            fields.Required("kind", Kind, MeasureKind.Proportion),
            fields.Required("within", Times.Duration, 0L));
        fields.Close();
        if (metric is { Kind: MeasureKind.Mean, Value: null })
        {
            problems.Add(node.Path.Field("value"), node.Start, ProblemCode.Missing, Diagnostic.MeanNeedsValue);
        }

        return metric;
    }
}
