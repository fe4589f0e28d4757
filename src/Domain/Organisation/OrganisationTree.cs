using System.Collections.Immutable;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Organisation;

public enum AdvisorStatus : byte { Active, Leave, Left }

public sealed record Advisor(string Id, string Name, string Outlet, string Branch, int Capacity, AdvisorStatus Status, string? StandIn, ImmutableArray<string> Licences);

/// <param name="AdvisorFromFen">Assets from which a client gets an advisor of his own.</param>
/// <param name="IntensiveBelowFen">Assets below which a client belongs to intensive operation.</param>
public sealed record Outlet(string Id, Localized Name, string Branch, long AdvisorFromFen, long IntensiveBelowFen, ImmutableArray<Advisor> Advisors);

public enum MandateScope : byte { Tail, Overflow }

/// <summary>What headquarters may do in a branch. Both days are inclusive, Asia/Shanghai, as day numbers.</summary>
public sealed record Mandate(string Id, MandateScope Scope, ImmutableArray<string> Channels, int FromDay, int UntilDay)
{
    public bool Live(int day) => day >= FromDay && day <= UntilDay;
}

public sealed record Branch(string Id, Localized Name, int? Province, string Mode, string Kpi, ImmutableArray<Mandate> Mandates, ImmutableArray<Outlet> Outlets);

/// <summary>A published organisation, checked and indexed. Immutable.</summary>
public sealed class OrganisationTree
{
    public static readonly OrganisationTree Empty = new(0, []);

    public OrganisationTree(int version, ImmutableArray<Branch> branches)
    {
        Version = version;
        Branches = branches;
        BranchesById = branches.ToImmutableDictionary(b => b.Id);
        Outlets = branches.SelectMany(b => b.Outlets).ToImmutableDictionary(o => o.Id);
        Advisors = Outlets.Values.SelectMany(o => o.Advisors).ToImmutableDictionary(a => a.Id);
    }

    public int Version { get; }

    public ImmutableArray<Branch> Branches { get; }

    public ImmutableDictionary<string, Branch> BranchesById { get; }

    public ImmutableDictionary<string, Outlet> Outlets { get; }

    public ImmutableDictionary<string, Advisor> Advisors { get; }

    /// <summary>The first day after <paramref name="day"/> on which a mandate of any branch begins, or is over; null: none.</summary>
    public int? MandateChangesOn(int day) => Branches
        .SelectMany(b => b.Mandates).SelectMany(m => (int[])[m.FromDay, m.UntilDay == int.MaxValue ? day : m.UntilDay + 1])
        .Where(d => d > day).Select(d => (int?)d).Min();

    /// <summary>Is there such a desk?</summary>
    public bool Has(DeskId desk) => desk.Kind switch
    {
        DeskKind.Advisor => Advisors.ContainsKey(desk.Owner),
        DeskKind.Outlet => Outlets.ContainsKey(desk.Owner),
        _ => desk.Kind == DeskKind.Hq,
    };
}
