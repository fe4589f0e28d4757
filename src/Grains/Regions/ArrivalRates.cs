using Engagement.Contracts.Regions;
using Engagement.Domain.Map;

namespace Engagement.Grains.Regions;

/// <summary>How many events arrived lately, by leaf. By the machine's clock, for it is no part of what is counted.</summary>
internal sealed class ArrivalRates(TimeProvider time)
{
    private readonly Dictionary<Leaf, long[]> arrivals = [];
    private readonly long began = time.GetTimestamp();
    private long second;

    private static int Slots => LeafTotal.RecentSeconds + 1;

    public void Add(Leaf leaf, long events)
    {
        Forward(null);
        if (!arrivals.TryGetValue(leaf, out var seconds))
        {
            arrivals.Add(leaf, seconds = new long[Slots]);
        }

        seconds[second % Slots] += events;
    }

    /// <summary>In the last whole seconds.</summary>
    public long Of(Leaf leaf) => arrivals.TryGetValue(leaf, out var seconds) ? seconds.Sum() - seconds[second % Slots] : 0;

    /// <param name="touch">Told of each leaf whose number may have changed.</param>
    public void OnTime(Action<Leaf> touch) => Forward(touch);

    private void Forward(Action<Leaf>? touch)
    {
        var now = (long)time.GetElapsedTime(began).TotalSeconds;
        if (now == second)
        {
            return;
        }

        var (from, steps) = (second, Math.Min(now - second, Slots));
        second = now;
        foreach (var (leaf, seconds) in arrivals)
        {
            if (seconds.Any(s => s > 0))
            {
                touched.Add(leaf);
                for (var step = 1; step <= steps; step++)
                {
                    seconds[(steps < Slots ? from + step : step) % Slots] = 0;
                }
            }
        }

        if (touch is not null)
        {
            foreach (var leaf in touched)
            {
                touch(leaf);
            }

            touched.Clear();
        }
    }

    private readonly HashSet<Leaf> touched = [];
}
