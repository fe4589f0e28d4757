using BenchmarkDotNet.Attributes;
using Engagement.Domain.Language;
using RulesEngine.Models;

namespace Engagement.Bench.Language;

/// <summary>One condition three ways. The language also answers when the condition can next change.</summary>
public abstract class Comparison(string source, string rule, Func<Facts, bool> lambda)
{
    private const string Workflow = "segments";

    private readonly Facts facts = new();
    private readonly Expression expression = Facts.Compile(source);
    private readonly Func<Facts, bool> lambda = lambda;
    private readonly RulesEngine.RulesEngine rules = new(
        [new Workflow { WorkflowName = Workflow, Rules = [new Rule { RuleName = "segment", RuleExpressionType = RuleExpressionType.LambdaExpression, Expression = rule }] }],
        new ReSettings());

    /// <summary>All three say yes, or the comparison would mean nothing.</summary>
    [GlobalSetup]
    public async Task Setup()
    {
        if (!Language() || !Lambda() || !await RulesEngine())
        {
            throw new InvalidOperationException("The three do not agree.");
        }
    }

    [Benchmark(Baseline = true)]
    public bool Language()
    {
        var changesAtMs = long.MaxValue;
        return expression.TryEvaluate(facts, ref changesAtMs, out bool holds) && holds;
    }

    [Benchmark]
    public bool Lambda() => lambda(facts);

    [Benchmark]
    public async Task<bool> RulesEngine() => (await rules.ExecuteAllRulesAsync(Workflow, new RuleParameter("client", facts)))[0].IsSuccess;
}

/// <summary>A simple segment.</summary>
public class SimpleBenchmark() : Comparison(
    "client.assets >= 100000.0 && client.risk >= 3 && client.tier == 'affluent'",
    "client.Assets >= 100000.0 && client.Risk >= 3 && client.Tier == \"affluent\"",
    client => client.Assets >= 100_000.0 && client.Risk >= 3 && client.Tier == "affluent");

/// <summary>One with a window and a length of time, and what is a plain number to the others.</summary>
public class DormantBenchmark() : Comparison(
    "client.assets >= 100000.0 && trades.count('30d') < 9 && now - client.opened > duration('2160h')",
    "client.Assets >= 100000.0 && client.TradesIn30Days < 9 && client.OpenFor > TimeSpan.FromHours(2160)",
    client => client.Assets >= 100_000.0 && client.TradesIn30Days < 9 && client.OpenFor > TimeSpan.FromHours(2160));
