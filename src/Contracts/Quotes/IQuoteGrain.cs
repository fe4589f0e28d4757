using Engagement.Domain.Quotes;

namespace Engagement.Contracts.Quotes;

/// <summary>The newest quote of each security, held in memory: what is lost with a silo comes again with the next quote. One, keyed 0.</summary>
[Alias("quotes")]
public interface IQuoteGrain : IGrainWithIntegerKey
{
    /// <summary>Takes what is newer than what is held.</summary>
    [Alias("put")]
    Task Put(IReadOnlyList<Quote> quotes);

    /// <returns>Those that are known.</returns>
    [Alias("get")]
    Task<IReadOnlyList<Quote>> Get(IReadOnlyList<string> symbols);
}
