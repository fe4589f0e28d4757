namespace Engagement.Domain.Clients;

/// <summary>
/// Total assets: the last valuation and the money moved after it. Moves are remembered singly, the latest 1,024, because
/// a valuation that comes later may cover some of them; older ones stay in the total and are taken as covered by the next
/// valuation.
/// </summary>
public sealed class AssetsState
{
    public const int RememberedMax = 1_024;

    private long? asOfMs;

    private readonly List<CashMove> moves = [];

    /// <summary>In fen.</summary>
    public long TotalFen { get; private set; }

    /// <returns>True where the total may have changed.</returns>
    public bool OnValued(long totalFen, long valuedAsOfMs)
    {
        if (valuedAsOfMs < asOfMs)
        {
            return false;
        }

        asOfMs = valuedAsOfMs;
        moves.RemoveRange(0, FirstAfter(valuedAsOfMs));
        TotalFen = totalFen;
        foreach (var move in moves)
        {
            TotalFen += move.AmountFen;
        }

        return true;
    }

    /// <returns>True where the total may have changed: a move up to the valuation is covered by it.</returns>
    public bool OnMoved(long amountFen, long timeMs)
    {
        if (timeMs <= asOfMs)
        {
            return false;
        }

        moves.Insert(FirstAfter(timeMs), new(timeMs, amountFen));
        TotalFen += amountFen;
        if (moves.Count > RememberedMax)
        {
            moves.RemoveAt(0);
        }

        return true;
    }

    internal void Write(ref SnapshotWriter writer, long atMs)
    {
        writer.Signed(TotalFen);
        writer.Byte(asOfMs is null ? (byte)0 : (byte)1);
        if (asOfMs is { } asOf)
        {
            writer.Signed(atMs - asOf);
        }

        writer.Count(moves.Count);
        var before = atMs;
        foreach (var move in moves)
        {
            writer.Signed(move.TimeMs - before);
            writer.Signed(move.AmountFen);
            before = move.TimeMs;
        }
    }

    internal static AssetsState Read(ref SnapshotReader reader, long atMs)
    {
        var state = new AssetsState { TotalFen = reader.Signed() };
        state.asOfMs = reader.Byte() == 1 ? atMs - reader.Signed() : null;
        var before = atMs;
        for (var left = reader.Count(); left > 0; left--)
        {
            before += reader.Signed();
            state.moves.Add(new(before, reader.Signed()));
        }

        return state;
    }

    private int FirstAfter(long ms)
    {
        var index = moves.Count;
        while (index > 0 && moves[index - 1].TimeMs > ms)
        {
            index--;
        }

        return index;
    }
}

public readonly record struct CashMove(long TimeMs, long AmountFen);
