namespace Engagement.Engage.Demo;

/// <summary>
/// A day's prices from its bar: from the open over the day's extremes to the close, with a ripple, never outside
/// low and high. The bar is a fact; the way through it is made.
/// </summary>
internal static class PricePath
{
    /// <param name="session">How much of the trading has passed, 0 to 1.</param>
    /// <returns>Yuan, in the security's tick.</returns>
    public static decimal At(Instrument instrument, int day, double session)
    {
        var bar = instrument.Bars[day];
        var (open, high, low, close) = ((double)bar.Open, (double)bar.High, (double)bar.Low, (double)bar.Close);

        // A rising day dips first, a falling one peaks first: the extremes then lie on the way.
        var (first, second) = close >= open ? (low, high) : (high, low);
        var (at1, at2) = (0.15, 0.75);
        var line = session < at1 ? Lerp(open, first, session / at1)
            : session < at2 ? Lerp(first, second, (session - at1) / (at2 - at1))
            : Lerp(second, close, (session - at2) / (1 - at2));
        var ripple = Math.Sin(session * 61) * Math.Sin(session * Math.PI) * (high - low) * 0.08;
        return Math.Round((decimal)Math.Clamp(line + ripple, low, high), instrument.Decimals);
    }

    private static double Lerp(double from, double to, double part) => from + ((to - from) * part);
}
