using Engagement.Domain.Clients;

namespace Engagement.Domain.Map;

/// <summary>The measures of the map as sums: those of a node are those of its leaves added up, in any order. Money is fen.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("map-measures")]
public readonly record struct Measures
{
    [Orleans.Id(0)] public long Clients { get; init; }

    [Orleans.Id(1)] public long Events { get; init; }

    [Orleans.Id(2)] public long PromptsOpen { get; init; }

    [Orleans.Id(3)] public long PromptsRaised { get; init; }

    [Orleans.Id(4)] public long Accepted { get; init; }

    [Orleans.Id(5)] public long Conversions { get; init; }

    [Orleans.Id(6)] public long AccountsOpened { get; init; }

    [Orleans.Id(7)] public long NetInflowFen { get; init; }

    [Orleans.Id(8)] public long Contracts { get; init; }

    [Orleans.Id(9)] public long SignedAssetsFen { get; init; }

    public bool IsZero => this == default;

    /// <summary>What holds whatever the day is.</summary>
    public Measures OnlyGauges() => new() { Clients = Clients, PromptsOpen = PromptsOpen, Contracts = Contracts, SignedAssetsFen = SignedAssetsFen };

    public static Measures operator +(in Measures a, in Measures b) => new()
    {
        Clients = a.Clients + b.Clients,
        Events = a.Events + b.Events,
        PromptsOpen = a.PromptsOpen + b.PromptsOpen,
        PromptsRaised = a.PromptsRaised + b.PromptsRaised,
        Accepted = a.Accepted + b.Accepted,
        Conversions = a.Conversions + b.Conversions,
        AccountsOpened = a.AccountsOpened + b.AccountsOpened,
        NetInflowFen = a.NetInflowFen + b.NetInflowFen,
        Contracts = a.Contracts + b.Contracts,
        SignedAssetsFen = a.SignedAssetsFen + b.SignedAssetsFen,
    };

    public static Measures Add(in Measures a, in Measures b) => a + b;

    public static Measures operator -(in Measures a, in Measures b) => new()
    {
        Clients = a.Clients - b.Clients,
        Events = a.Events - b.Events,
        PromptsOpen = a.PromptsOpen - b.PromptsOpen,
        PromptsRaised = a.PromptsRaised - b.PromptsRaised,
        Accepted = a.Accepted - b.Accepted,
        Conversions = a.Conversions - b.Conversions,
        AccountsOpened = a.AccountsOpened - b.AccountsOpened,
        NetInflowFen = a.NetInflowFen - b.NetInflowFen,
        Contracts = a.Contracts - b.Contracts,
        SignedAssetsFen = a.SignedAssetsFen - b.SignedAssetsFen,
    };

    public static Measures Subtract(in Measures a, in Measures b) => a - b;

    /// <summary>Few of them change at once: a bit for each that is not zero, then those.</summary>
    internal void Write(ref SnapshotWriter writer)
    {
        ReadOnlySpan<long> all = [Clients, Events, PromptsOpen, PromptsRaised, Accepted, Conversions, AccountsOpened, NetInflowFen, Contracts, SignedAssetsFen];
        var present = 0;
        for (var i = 0; i < all.Length; i++)
        {
            present |= all[i] == 0 ? 0 : 1 << i;
        }

        writer.Count(present);
        foreach (var one in all)
        {
            if (one != 0)
            {
                writer.Signed(one);
            }
        }
    }

    internal static Measures Read(ref SnapshotReader reader)
    {
        var present = reader.Count();
        Span<long> all = stackalloc long[10];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = (present & (1 << i)) == 0 ? 0 : reader.Signed();
        }

        return new()
        {
            Clients = all[0],
            Events = all[1],
            PromptsOpen = all[2],
            PromptsRaised = all[3],
            Accepted = all[4],
            Conversions = all[5],
            AccountsOpened = all[6],
            NetInflowFen = all[7],
            Contracts = all[8],
            SignedAssetsFen = all[9],
        };
    }
}
