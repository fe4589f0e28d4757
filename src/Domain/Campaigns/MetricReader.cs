using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Engagement.Domain.Clients;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Documents;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Campaigns;

internal static partial class MetricReader
{
    public static ImmutableArray<Metric> Read(DocumentNode node, ProblemList problems)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return Values.List((item, _) => Metric(item, taken, problems))(node, problems);
    }

    public static string EventType(DocumentNode node, ProblemList problems)
    {
        var type = Values.Text(node, problems);
        if (type.Length > 0 && !EventTypes.IsKnown(type))
        {
            problems.Add(node, ProblemCode.UnknownEvent, Diagnostic.UnknownEventType(Values.Quoted(type), problems.Meant(type, EventTypes.All)));
        }

        return type;
    }

    private static Metric Metric(DocumentNode node, HashSet<string> taken, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return BuiltInMetrics.All[0];
        }

        var id = fields.Id(taken);
        if (Catalogue.BuiltInMetrics.Contains(id))
        {
            problems.Add(fields.Find("id")!, ProblemCode.Duplicate, Diagnostic.BuiltInMetric(id));
        }
        else if (id.Length > 0 && !Name().IsMatch(id))
        {
            Values.WrongValue(fields.Find("id")!, problems, Diagnostic.MetricName);
        }

        var on = fields.Required("on", EventType, "");
        var scope = ExpressionReader.OfEvent(on);
        var where = fields.Optional("where", ExpressionReader.Of(scope, CelKind.Bool), null);
        var value = fields.Optional("value", ExpressionReader.Of(scope, CelKind.Double), null);
        var backfill = fields.Optional("backfill", Values.Flag, false);
        fields.Close();
        return new(id, on, where, value, backfill, BuiltIn: false, Fingerprint(on, where, value));
    }

    private static string Fingerprint(string on, Expression? where, Expression? value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{on}\0{where?.Source}\0{value?.Source}")).AsSpan(0, 8));

    [GeneratedRegex(@"^(?!(true|false|null|in|client|event|now|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while)\z)[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();
}
