using System.Collections.Immutable;

namespace Engagement.Engage.Demo;

/// <summary>When in the day things happen: the published shape of intraday volume, sampled.</summary>
internal sealed class VolumeCurve(ImmutableArray<CurvePart> parts)
{
    private readonly double _total = parts.Sum(p => p.Share);

    /// <returns>An offset into the played day.</returns>
    public int Sample(Dice dice)
    {
        var left = dice.Unit() * _total;
        foreach (var part in parts)
        {
            if ((left -= part.Share) < 0)
            {
                return MarketClock.Offset(dice.Between(part.From.ToTimeSpan().TotalMinutes, part.To.ToTimeSpan().TotalMinutes));
            }
        }

        return MarketClock.DayMs;
    }
}
