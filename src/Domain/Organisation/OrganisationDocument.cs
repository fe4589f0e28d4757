using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Engagement.Domain.Documents;

namespace Engagement.Domain.Organisation;

/// <summary>Reads and checks an organisation as people write it.</summary>
public static class OrganisationDocument
{
    /// <param name="utf8">At most 4 MiB.</param>
    /// <param name="version">The version under which it would be published.</param>
    /// <param name="problems">All that is wrong, in the order of the document; empty when the organisation is good.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> utf8,
        DocumentFormat format,
        int version,
        [NotNullWhen(true)] out OrganisationTree? tree,
        out ImmutableArray<DocumentProblem> problems)
    {
        var root = DocumentReader.Read(utf8, format, out var list);
        ImmutableArray<Branch> branches = [];
        var read = root is not null && Fields.Of(root, list) is { } fields && TryRead(fields, list, out branches);
        problems = list.ToImmutable();
        tree = read && problems.IsEmpty ? new(version, branches) : null;
        return tree is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, DocumentFormat, int, out OrganisationTree?, out ImmutableArray{DocumentProblem})"/>
    public static bool TryRead(
        string text,
        DocumentFormat format,
        int version,
        [NotNullWhen(true)] out OrganisationTree? tree,
        out ImmutableArray<DocumentProblem> problems) =>
        TryRead(Encoding.UTF8.GetBytes(text), format, version, out tree, out problems);

    private static bool TryRead(Fields fields, ProblemList problems, out ImmutableArray<Branch> branches)
    {
        var defaults = fields.Optional("defaults", Defaults, OrganisationDefaults.Contract);
        var reader = new BranchReader(defaults, problems);
        branches = fields.Optional("branches", reader.Read, []);
        fields.Close();
        reader.CheckStandIns();
        return problems.IsEmpty;
    }

    private static OrganisationDefaults Defaults(DocumentNode node, ProblemList problems)
    {
        var contract = OrganisationDefaults.Contract;
        if (Fields.Of(node, problems) is not { } fields)
        {
            return contract;
        }

        var defaults = new OrganisationDefaults(
            fields.Optional("advisorFrom", Numbers.MoneyFromZero, contract.AdvisorFromFen),
            fields.Optional("intensiveBelow", Numbers.MoneyFromZero, contract.IntensiveBelowFen),
            fields.Optional("capacity", Numbers.Whole(0, int.MaxValue), contract.Capacity));
        fields.Close();
        return defaults;
    }
}

/// <summary>What an outlet or an advisor has who does not say otherwise.</summary>
internal readonly record struct OrganisationDefaults(long AdvisorFromFen, long IntensiveBelowFen, int Capacity)
{
    /// <summary>Where the document has no defaults either: the figures of the contract's example.</summary>
    public static readonly OrganisationDefaults Contract = new(500_000_00, 50_000_00, 300);
}
