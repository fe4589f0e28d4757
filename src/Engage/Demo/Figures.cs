using System.Collections.Immutable;
using System.Text.Json;

namespace Engagement.Engage.Demo;

/// <summary>One day of a security, in yuan (an index: in points).</summary>
internal readonly record struct Bar(decimal Open, decimal High, decimal Low, decimal Close, long Volume);

/// <param name="Made">Invented: moved with the market factor, not a quote of the security.</param>
/// <param name="Bars">One a day of <see cref="Figures.Days"/>.</param>
internal sealed record Instrument(string Symbol, string Product, int Decimals, bool Made, ImmutableArray<Bar> Bars);

/// <summary>The few published figures that the demo is made from; every one names its source in <c>figures.json</c>.</summary>
internal sealed class Figures
{
    private Figures(FiguresFile file)
    {
        Days = [.. file.Days.Select(DateOnly.Parse)];
        var real = file.Bars.Select(b => new Instrument(b.Symbol, b.Product, 2, false, [.. b.Rows.Select(Row)])).ToArray();
        Market = real.Single(i => i.Symbol == file.Market);
        Instruments = [.. real.Where(i => i != Market), .. file.Made.Select(m => Derive(m, Market))];
        AccountSizes = [.. file.AccountSizes.Bands];
        VolumeCurve = [.. file.VolumeCurve.Parts];
        NewAccounts = [.. file.NewAccounts.Multiples];
    }

    public static Figures Default { get; } = Load();

    /// <summary>The trading days played, in order; after the last the first comes again.</summary>
    public ImmutableArray<DateOnly> Days { get; }

    /// <summary>The Shanghai composite: the market's factor for the day.</summary>
    public Instrument Market { get; }

    public ImmutableArray<Instrument> Instruments { get; }

    public ImmutableArray<SizeBand> AccountSizes { get; }

    public ImmutableArray<CurvePart> VolumeCurve { get; }

    /// <summary>Accounts opened on each day, as a multiple of an ordinary one.</summary>
    public ImmutableArray<double> NewAccounts { get; }

    /// <summary>The market's volume of a day as a multiple of the first day's.</summary>
    public double VolumeMultiple(int day) => (double)Market.Bars[day].Volume / Market.Bars[0].Volume;

    private static Figures Load()
    {
        using var stream = Resource.Open("Demo.figures.json");
        return new Figures(JsonSerializer.Deserialize(stream, FiguresJson.Default.FiguresFile)
            ?? throw new InvalidDataException("figures.json is empty."));
    }

    private static Bar Row(decimal[] row) => new(row[0], row[1], row[2], row[3], (long)row[4]);

    private static Instrument Derive(MadeInstrument made, Instrument market)
    {
        var origin = market.Bars[0].Close;
        decimal Move(decimal level) => Math.Round(made.FirstClose * (1 + (made.Beta * ((level / origin) - 1))), made.Decimals);

        // A negative beta turns the day's high into the security's low.
        Bar Follow(Bar bar)
        {
            var (top, bottom) = (Move(bar.High), Move(bar.Low));
            return new(Move(bar.Open), Math.Max(top, bottom), Math.Min(top, bottom), Move(bar.Close), bar.Volume);
        }

        return new(made.Symbol, made.Product, made.Decimals, true, [.. market.Bars.Select(Follow)]);
    }
}
