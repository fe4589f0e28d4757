using BenchmarkDotNet.Attributes;
using Engagement.Domain.Language;

namespace Engagement.Bench.Language;

/// <summary>What each kind of input costs.</summary>
public class InputsBenchmark
{
    private readonly Facts facts = new();
    private Expression expression = null!;

    [Params(
        "client.assets >= 100000.0",
        "size(client.holdings) > 2",
        "client.holdings['600519'] > 100.0",
        "'vip' in client.tags && size(client.tags) == 2",
        "client.tags.exists(t, t == 'etf')",
        "client.holdings.exists(s, s.startsWith('688'))",
        "now.getHours('Asia/Shanghai') >= 9",
        "trades.within('5t')",
        "client.tier.matches('^aff')")]
    public string Source { get; set; } = "";

    [GlobalSetup]
    public void Setup() => expression = Facts.Compile(Source);

    [Benchmark]
    public bool Evaluate()
    {
        var changesAtMs = long.MaxValue;
        return expression.TryEvaluate(facts, ref changesAtMs, out bool holds) && holds;
    }
}
