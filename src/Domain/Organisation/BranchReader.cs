using System.Collections.Frozen;
using System.Collections.Immutable;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Documents;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Organisation;

internal sealed class BranchReader(OrganisationDefaults defaults, ProblemList problems)
{
    /// <summary>Province-level numbers of GB/T 2260, without their four zeros.</summary>
    private static readonly FrozenSet<int> Provinces = FrozenSet.Create(
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82);

    private static readonly ReadValue<MandateScope> Scope = Values.Choice(("tail", MandateScope.Tail), ("overflow", MandateScope.Overflow));

    private static readonly ReadValue<AdvisorStatus> Status = Values.Choice(
        ("active", AdvisorStatus.Active), ("leave", AdvisorStatus.Leave), ("left", AdvisorStatus.Left));

    private readonly HashSet<string> branchIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> outletIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> advisorIds = new(StringComparer.Ordinal);
    private readonly List<(string Advisor, string StandIn, DocumentNode Node)> standIns = [];

    public ImmutableArray<Branch> Read(DocumentNode node, ProblemList _) => [.. Values.List(Branch)(node, problems).OfType<Branch>()];

    /// <summary>A stand-in may stand further down in the document, so they are looked up when all advisors are known.</summary>
    public void CheckStandIns()
    {
        foreach (var (advisor, standIn, node) in standIns)
        {
            if (!advisorIds.Contains(standIn))
            {
                problems.Add(node, ProblemCode.UnknownAdvisor, Diagnostic.UnknownAdvisor(standIn, problems.Meant(standIn, advisorIds)));
            }
            else if (standIn == advisor)
            {
                Values.WrongValue(node, problems, Diagnostic.OwnStandIn);
            }
        }
    }

    private Branch? Branch(DocumentNode node, ProblemList _)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return null;
        }

        var id = fields.Id(branchIds);
        var mandateIds = new HashSet<string>(StringComparer.Ordinal);
        var branch = new Branch(
            id,
            fields.Optional("name", Values.Localized, new Localized(id, id)),
            fields.Optional<int?>("province", (value, _) => Province(value, problems), null),
            fields.Optional("mode", Values.Word("linked", "hq"), "linked"),
            fields.Optional("kpi", Values.Word("share", "empower"), "share"),
            [.. fields.Optional("mandates", Values.List((item, _) => Mandate(item, mandateIds)), []).OfType<Mandate>()],
            [.. fields.Optional("outlets", Values.List((item, _) => Outlet(item, id)), []).OfType<Outlet>()]);
        fields.Close();
        return branch;
    }

    private static int Province(DocumentNode node, ProblemList problems)
    {
        var code = Numbers.Whole(int.MinValue, int.MaxValue)(node, problems);
        if (node is DocumentScalar { Kind: ScalarKind.Number } && (code % 10_000 != 0 || !Provinces.Contains(code / 10_000)))
        {
            Values.WrongValue(node, problems, Diagnostic.ProvinceNumber);
        }

        return code;
    }

    private Mandate? Mandate(DocumentNode node, HashSet<string> taken)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return null;
        }

        var mandate = new Mandate(
            fields.Id(taken),
            fields.Required("scope", Scope, MandateScope.Tail),
            fields.Required("channels", Values.Set(Channels.Mandate), []),
            fields.Optional("from", Times.Day, int.MinValue),
            fields.Required("until", Times.Day, int.MaxValue));
        fields.Close();
        if (mandate.UntilDay < mandate.FromDay && fields.Find("until") is DocumentScalar { Value: [_, ..] } until)
        {
            Values.WrongValue(until, problems, Diagnostic.MandateEnd);
        }

        return mandate;
    }

    private Outlet? Outlet(DocumentNode node, string branch)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return null;
        }

        var id = fields.Id(outletIds);
        var outlet = new Outlet(
            id,
            fields.Optional("name", Values.Localized, new Localized(id, id)),
            branch,
            fields.Optional("advisorFrom", Numbers.MoneyFromZero, defaults.AdvisorFromFen),
            fields.Optional("intensiveBelow", Numbers.MoneyFromZero, defaults.IntensiveBelowFen),
            [.. fields.Optional("advisors", Values.List((item, _) => Advisor(item, id, branch)), []).OfType<Advisor>()]);
        fields.Close();
        return outlet;
    }

    private Advisor? Advisor(DocumentNode node, string outlet, string branch)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return null;
        }

        var id = fields.Id(advisorIds);
        var standIn = fields.Optional<string?>("standIn", Values.Id, null);
        if (standIn is { Length: > 0 })
        {
            standIns.Add((id, standIn, fields.Find("standIn")!));
        }

        var advisor = new Advisor(
            id,
            fields.Optional("name", Values.Text, id),
            outlet,
            branch,
            fields.Optional("capacity", Numbers.Whole(0, int.MaxValue), defaults.Capacity),
            fields.Optional("status", Status, AdvisorStatus.Active),
            standIn,
            fields.Optional("licences", Values.Set(Values.Id), []));
        fields.Close();
        return advisor;
    }
}
