using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;

namespace Engagement.Gateway.Security;

/// <summary>The organisation in force. Its number is asked for at each access, so that a right ends when it ends.</summary>
public sealed class CurrentOrganisation(IGrainFactory grains)
{
    private OrganisationTree tree = OrganisationTree.Empty;

    public async Task<OrganisationTree> Tree()
    {
        var grain = grains.GetGrain<IDocumentGrain>("organisation");
        var newest = await grain.Newest();
        var known = tree;
        if (known.Version == newest)
        {
            return known;
        }

        var document = await grain.Get(newest) ?? throw new InvalidOperationException($"Organisation {newest} was published and cannot be read.");
        return tree = OrganisationDocument.TryRead(document.Text, document.Json ? DocumentFormat.Json : DocumentFormat.Yaml, newest, out var read, out _)
            ? read
            : throw new InvalidOperationException($"Organisation {newest} was published and no longer reads.");
    }

    /// <summary>Today in Shanghai, by the engine's clock.</summary>
    public async Task<int> Today() => Shanghai.Day((await grains.GetGrain<IClockGrain>(0).Read()).NowMs);
}

/// <summary>Which clients a caller may see in lists.</summary>
public static class Relation
{
    /// <returns>Null: none, the role sees no client data.</returns>
    public static ClientFilter? Clients(Principal who, OrganisationTree tree, int day) => who.Role switch
    {
        Role.Auditor => ClientFilter.All,
        // Also clients of other outlets whom his advisors have.
        Role.OutletManager or Role.BranchManager => new([.. tree.Outlets.Keys.Where(o => Access.Manages(who, o, tree))], [.. Desks(who, tree, day)]),
        Role.Advisor => new([], [.. Desks(who, tree, day)]),
        Role.HqOperator => new([], [], Covered(MandateScope.Tail, tree, day), Covered(MandateScope.Overflow, tree, day)),
        _ => null,
    };

    private static string[] Covered(MandateScope scope, OrganisationTree tree, int day) =>
        [.. tree.Branches.Where(b => Assignment.LiveMandate(tree, b.Id, scope, day) is not null).SelectMany(b => b.Outlets).Select(o => o.Id)];

    /// <summary>The desks on which the caller may act.</summary>
    public static IEnumerable<string> Desks(Principal who, OrganisationTree tree, int day)
    {
        IEnumerable<DeskId> all = who.Role switch
        {
            Role.Advisor => [DeskId.Advisor(who.Sub), .. tree.Advisors.Values.Where(a => a.StandIn == who.Sub).Select(a => DeskId.Advisor(a.Id)), .. Home(who, tree)],
            Role.OutletManager or Role.BranchManager => tree.Outlets.Values.Where(o => Access.Manages(who, o.Id, tree)).OrderBy(o => o.Id, StringComparer.Ordinal)
                .SelectMany(o => o.Advisors.Select(a => DeskId.Advisor(a.Id)).Prepend(DeskId.Outlet(o.Id))),
            Role.HqOperator => [DeskId.Hq],
            _ => [],
        };
        return all.Where(d => Access.MayActOnDesk(who, d, tree, day)).Select(d => d.ToString());
    }

    private static IEnumerable<DeskId> Home(Principal who, OrganisationTree tree) =>
        tree.Advisors.TryGetValue(who.Sub, out var advisor) ? [DeskId.Outlet(advisor.Outlet)] : [];
}
