using System.Collections.Immutable;

namespace Engagement.Engage.Demo;

/// <summary>
/// 20,000 invented clients with the published shape of account sizes, in the order in which they are loaded: first
/// those whom the demo's people serve, so that their desks fill while the rest is still coming.
/// </summary>
internal sealed class DemoClients
{
    public const int Count = 20_000;

    private const long FirstFromFen = 20_000_000;

    private DemoClients(ulong seed, Figures figures, DemoOrganisation organisation)
    {
        var maker = new ClientMaker(seed, figures, organisation);
        var made = Enumerable.Range(0, Count).Select(maker.Make).ToLookup(First);
        FirstSlice = made[true].Count();
        All = [.. made[true].Concat(made[false]).Select((client, i) => client with { Number = i })];
    }

    public static DemoClients Default { get; } = new(DemoSeed.Value, Figures.Default, DemoOrganisation.Default);

    /// <summary>By <see cref="DemoClient.Number"/>.</summary>
    public ImmutableArray<DemoClient> All { get; }

    /// <summary>How many of <see cref="All"/> come before the market opens.</summary>
    public int FirstSlice { get; }

    public static DemoClients Make(ulong seed) => new(seed, Figures.Default, DemoOrganisation.Default);

    private static bool First(DemoClient client) =>
        client.Outlet.EndsWith("-001", StringComparison.Ordinal) && client.AssetsFen >= FirstFromFen;
}
