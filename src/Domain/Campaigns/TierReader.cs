using System.Collections.Immutable;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Documents;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Campaigns;

internal sealed record TierLists(ImmutableArray<Tier> Default, ImmutableDictionary<string, ImmutableArray<Tier>> Overrides)
{
    public static readonly TierLists None = new([], ImmutableDictionary<string, ImmutableArray<Tier>>.Empty);
}

internal static class TierReader
{
    public static TierLists Read(DocumentNode node, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return TierLists.None;
        }

        var lists = new TierLists(fields.Optional("default", List, []), fields.Optional("overrides", Overrides, TierLists.None.Overrides));
        fields.Close();
        return lists;
    }

    private static ImmutableDictionary<string, ImmutableArray<Tier>> Overrides(DocumentNode node, ProblemList problems)
    {
        var overrides = TierLists.None.Overrides.ToBuilder();
        if (node is not DocumentMapping mapping)
        {
            Values.WrongType(node, problems, Diagnostic.TierOverrides);
            return overrides.ToImmutable();
        }

        foreach (var (key, start, value) in mapping.Entries)
        {
            if (!IsNode(key))
            {
                problems.Add(node.Path.Field(key), start, ProblemCode.Value, Diagnostic.TierOverrideNode);
            }

            overrides[key] = List(value, problems);
        }

        return overrides.ToImmutable();
    }

    private static bool IsNode(string key) =>
        key.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
        && key[..colon] is "branch" or "outlet"
        && Ids.IsValid(key.AsSpan(colon + 1));

    private static ImmutableArray<Tier> List(DocumentNode node, ProblemList problems)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var before = problems.Count;
        var tiers = Values.List((item, _) => Tier(item, taken, problems))(node, problems);
        for (var i = 1; i < tiers.Length && problems.Count == before; i++)
        {
            if (tiers[i].FromFen <= tiers[i - 1].FromFen)
            {
                problems.Add(((DocumentSequence)node).Items[i], ProblemCode.Value, Diagnostic.TierOrder);
            }
        }

        return tiers;
    }

    private static Tier Tier(DocumentNode node, HashSet<string> taken, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return default;
        }

        var tier = new Tier(fields.Id(taken), fields.Required("from", Numbers.Money, 0L));
        fields.Close();
        return tier;
    }
}
