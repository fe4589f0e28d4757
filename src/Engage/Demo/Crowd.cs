using System.Collections.Immutable;

namespace Engagement.Engage.Demo;

/// <summary>Clients to draw from, each as often as his weight says.</summary>
internal sealed class Crowd
{
    private readonly ImmutableArray<DemoClient> _clients;
    private readonly double[] _upTo;

    public Crowd(IEnumerable<DemoClient> clients, Func<DemoClient, double> weight)
    {
        _clients = [.. clients];
        _upTo = new double[_clients.Length];
        var total = 0.0;
        for (var i = 0; i < _upTo.Length; i++)
        {
            _upTo[i] = total += weight(_clients[i]);
        }
    }

    public DemoClient Draw(Dice dice)
    {
        var at = Array.BinarySearch(_upTo, dice.Unit() * _upTo[^1]);
        return _clients[Math.Min(at < 0 ? ~at : at + 1, _clients.Length - 1)];
    }
}
