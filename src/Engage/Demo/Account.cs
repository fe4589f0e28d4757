using System.Collections.Immutable;

namespace Engagement.Engage.Demo;

/// <summary>What a client holds while the demo plays.</summary>
internal sealed class Account(DemoClient client)
{
    private readonly Dictionary<string, long> _positions = client.Positions.ToDictionary(p => p.Symbol, p => p.Quantity);

    public DemoClient Client { get; } = client;

    public long CashFen { get; private set; } = client.CashFen;

    /// <summary>What came in less what went out since the start: large moves lean against it, so that nobody runs dry.</summary>
    public long NetFlowFen { get; private set; }

    public ImmutableArray<Position> Positions => [.. _positions.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new Position(p.Key, p.Value))];

    public long Quantity(string symbol) => _positions.GetValueOrDefault(symbol);

    /// <summary>A trade that the account can carry: no more than its cash buys, no more than it holds.</summary>
    public void Trade(string symbol, long quantity, long amountFen, long commissionFen)
    {
        var held = Quantity(symbol) + quantity;
        if (held == 0)
        {
            _positions.Remove(symbol);
        }
        else
        {
            _positions[symbol] = held;
        }

        CashFen += (quantity > 0 ? -amountFen : amountFen) - commissionFen;
    }

    public void Move(long amountFen)
    {
        CashFen += amountFen;
        NetFlowFen += amountFen;
    }
}
