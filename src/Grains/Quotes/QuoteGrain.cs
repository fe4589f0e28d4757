using Engagement.Contracts.Quotes;
using Engagement.Domain.Quotes;

namespace Engagement.Grains.Quotes;

/// <remarks>Stays awake: after a quiet evening the prices of the close are still there.</remarks>
[GrainType("quotes"), CollectionAgeLimit(AlwaysActive = true)]
internal sealed class QuoteGrain : Grain, IQuoteGrain
{
    /// <summary>More securities than any market has: a feed that invents symbols finds an end.</summary>
    private const int SymbolsMax = 100_000;

    private readonly Dictionary<string, Quote> newest = new(StringComparer.Ordinal);

    public Task Put(IReadOnlyList<Quote> quotes)
    {
        foreach (var quote in quotes)
        {
            if (newest.TryGetValue(quote.Symbol, out var held) ? quote.TimeMs >= held.TimeMs : newest.Count < SymbolsMax)
            {
                newest[quote.Symbol] = quote;
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Quote>> Get(IReadOnlyList<string> symbols) =>
        Task.FromResult<IReadOnlyList<Quote>>([.. symbols.Distinct(StringComparer.Ordinal).Where(newest.ContainsKey).Select(s => newest[s])]);
}
