using System.Text.Json;
using System.Text.Json.Serialization;

namespace Engagement.Engage.Demo;

/// <summary>The shape of <c>figures.json</c>.</summary>
internal sealed record FiguresFile(
    string[] Days,
    string Market,
    RealInstrument[] Bars,
    MadeInstrument[] Made,
    SizeShares AccountSizes,
    CurveShares VolumeCurve,
    OpeningMultiples NewAccounts);

/// <param name="Rows">Open, high, low, close, volume of each day.</param>
internal sealed record RealInstrument(string Symbol, string Product, decimal[][] Rows);

/// <param name="FirstClose">Invented closing price of the first day, yuan.</param>
/// <param name="Beta">How far it moves with the market.</param>
internal sealed record MadeInstrument(string Symbol, string Product, decimal FirstClose, decimal Beta, int Decimals);

internal sealed record SizeShares(SizeBand[] Bands);

/// <summary>A band of account sizes, [from, to) in yuan, and its share of all accounts.</summary>
internal sealed record SizeBand(double From, double To, double Share);

internal sealed record CurveShares(CurvePart[] Parts);

/// <summary>A part of the day, [from, to), and its share of the day's volume.</summary>
internal sealed record CurvePart(TimeOnly From, TimeOnly To, double Share);

internal sealed record OpeningMultiples(double[] Multiples);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(FiguresFile))]
internal sealed partial class FiguresJson : JsonSerializerContext;
