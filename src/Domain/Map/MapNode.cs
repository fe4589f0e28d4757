using System.Diagnostics.CodeAnalysis;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Map;

public enum MapNodeKind : byte { Hq, Branch, Outlet, Advisor }

/// <summary>A node of the map: <c>hq</c>, <c>branch:ID</c>, <c>outlet:ID</c> or <c>advisor:ID</c>.</summary>
public readonly record struct MapNode(MapNodeKind Kind, string Id)
{
    /// <summary>In place of a child: what belongs to none of them.</summary>
    public const string None = "none";

    private const string HqName = "hq";

    private static readonly (string Prefix, MapNodeKind Kind)[] Prefixes = [("branch:", MapNodeKind.Branch), ("outlet:", MapNodeKind.Outlet), ("advisor:", MapNodeKind.Advisor)];

    public static MapNode Hq { get; } = new(MapNodeKind.Hq, "");

    public static bool TryParse([NotNullWhen(true)] string? text, out MapNode node)
    {
        node = Hq;
        if (text == HqName)
        {
            return true;
        }

        foreach (var (prefix, kind) in Prefixes)
        {
            if (text?.StartsWith(prefix, StringComparison.Ordinal) == true && Ids.IsValid(text.AsSpan(prefix.Length)))
            {
                node = new(kind, text[prefix.Length..]);
                return true;
            }
        }

        return false;
    }

    public override string ToString() => Kind == MapNodeKind.Hq ? HqName : Prefixes[(int)Kind - 1].Prefix + Id;

    /// <summary>Does the organisation have it?</summary>
    public bool IsIn(OrganisationTree tree) => Kind switch
    {
        MapNodeKind.Branch => tree.BranchesById.ContainsKey(Id),
        MapNodeKind.Outlet => tree.Outlets.ContainsKey(Id),
        MapNodeKind.Advisor => tree.Advisors.ContainsKey(Id),
        _ => true,
    };

    /// <summary>The branch that it lies in; null: it is all of them.</summary>
    public string? BranchIn(OrganisationTree tree) => Kind switch
    {
        MapNodeKind.Branch => Id,
        MapNodeKind.Outlet => tree.Outlets[Id].Branch,
        MapNodeKind.Advisor => tree.Advisors[Id].Branch,
        _ => null,
    };
}
