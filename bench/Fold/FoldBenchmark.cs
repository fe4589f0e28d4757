using BenchmarkDotNet.Attributes;
using Engagement.Domain.Clients;

namespace Engagement.Bench.Fold;

/// <summary>One record of a client: fold, segments whose inputs changed, campaigns. What it allocates is the answer, one object a record.</summary>
public class FoldBenchmark
{
    private readonly LogRecord trade = Sample.Record(1_000, "trade.executed", Sample.Trade(3), Sample.Now);
    private readonly LogRecord cash = Sample.Record(1_000, "cash.moved", """{"amount":1234.5}""", Sample.Now);
    private readonly LogRecord visit = Sample.Record(1_000, "app.active", """{"page":"quote","symbol":"600519"}""", Sample.Now);
    private readonly LogRecord valued = Sample.Record(1_000, "holdings.valued", """{"positions":{"600000":100,"600001":200}}""", Sample.Now - 1);
    private ClientEngine client = null!;

    [GlobalSetup]
    public void Setup() => client = new Sample().Client(50);

    /// <summary>A valuation now and then keeps what the client remembers as long as a day makes it.</summary>
    [Benchmark(OperationsPerInvoke = 64)]
    public void Trade()
    {
        for (var i = 0; i < 63; i++)
        {
            client.Apply(trade);
        }

        client.Apply(valued);
    }

    [Benchmark(OperationsPerInvoke = 64)]
    public void Cash()
    {
        for (var i = 0; i < 64; i++)
        {
            client.Apply(cash);
        }
    }

    [Benchmark]
    public ClientEffects Visit() => client.Apply(visit);
}
