namespace Engagement.Domain.Organisation;

/// <summary>Whom a branch gives a client to.</summary>
public static class AdvisorChoice
{
    /// <param name="load">The places that an advisor has given, each from its grant until its release is confirmed.</param>
    /// <returns>The active advisor below his capacity with the fewest clients (ties: lowest id), of the outlet if there is one, otherwise of its branch; null: no room.</returns>
    public static string? Choose(OrganisationTree tree, string outlet, Func<string, int> load)
    {
        if (!tree.Outlets.TryGetValue(outlet, out var home))
        {
            return null;
        }

        return Lightest(home.Advisors, load) ?? Lightest(tree.BranchesById[home.Branch].Outlets.SelectMany(o => o.Advisors), load);
    }

    /// <summary>The same within the outlet alone.</summary>
    public static string? ChooseInOutlet(OrganisationTree tree, string outlet, Func<string, int> load) =>
        tree.Outlets.TryGetValue(outlet, out var home) ? Lightest(home.Advisors, load) : null;

    private static string? Lightest(IEnumerable<Advisor> advisors, Func<string, int> load)
    {
        string? best = null;
        var fewest = int.MaxValue;
        foreach (var advisor in advisors)
        {
            if (advisor.Status != AdvisorStatus.Active || load(advisor.Id) is var clients && clients >= advisor.Capacity)
            {
                continue;
            }

            if (clients < fewest || (clients == fewest && string.CompareOrdinal(advisor.Id, best) < 0))
            {
                (best, fewest) = (advisor.Id, clients);
            }
        }

        return best;
    }
}
