using System.Globalization;
using System.Text;
using Engagement.Domain.Language;

namespace Engagement.Domain.Campaigns;

/// <summary>Fills a message's placeholders when the decision is made. <c>{client.name}</c> stays: it is filled in when shown.</summary>
internal static class MessageRendering
{
    public static string Render(MessageTemplate template, IExpressionInput input)
    {
        var text = new StringBuilder(template.Source.Length + 16);
        foreach (var part in template.Parts)
        {
            text.Append(part.Path is null ? part.Text : part.Path.TryEvaluate(input, out var value) ? Format(value) : "—");
        }

        return text.ToString();
    }

    /// <summary>Numbers as people read them: thousands separated, at most two decimals.</summary>
    private static string Format(CelValue value) => value.Kind switch
    {
        CelKind.String => value.AsString,
        CelKind.Int => value.AsInt.ToString("#,##0", CultureInfo.InvariantCulture),
        CelKind.Double => value.AsDouble.ToString("#,##0.##", CultureInfo.InvariantCulture),
        CelKind.Bool => value.AsBool ? "true" : "false",
        CelKind.Timestamp => Rfc3339.Format((value.Seconds * 1000) + (value.Nanos / 1_000_000)),
        CelKind.Duration => FormatDuration(value.Seconds),
        CelKind.List => string.Join(", ", value.AsList.Select(Format)),
        _ => "—",
    };

    private static string FormatDuration(long seconds) => seconds >= 86_400 ? $"{seconds / 86_400}d" : seconds >= 3_600 ? $"{seconds / 3_600}h" : $"{seconds / 60}m";
}
