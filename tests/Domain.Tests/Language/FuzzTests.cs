using System.Diagnostics;
using System.Globalization;
using Engagement.Domain.Language;
using Xunit.Abstractions;

namespace Engagement.Domain.Tests.Language;

/// <summary>Sources that were good once: parser, checker, evaluator and explanation answer to any of them, and soon.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", "&&", "||", "?", ":", ",", ".", "!", "-", "'", "\"", "\"\"\"", "r'", "`", "\\", "//", "\n", "\0", "\uD800", "＝", "“", "客户", "😀",
        "9223372036854775808", "1e999", "0x", "1u", "in", "has(", ".all(x, ", ".map(now, ", "now", "client.", "event.data.", "trades.count(", "inSegment(", "null", "true",
        "duration('1h')", "timestamp(0)", ".getHours('", "+ now", ".matches('(a*)*')", "\\u", "b'", "in in", " = ", "& ", "||||",
    ];

    [Fact]
    public void Expression_OfAMutatedSource_IsAnsweredAndSoon()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"ENGAGEMENT_SEED={seed}");
        var random = new Random(seed);
        var corpus = ReferenceTests.Rows().Select(r => r.Example).ToList();
        var (input, scope) = ReferenceTests.Sample();
        var total = Stopwatch.StartNew();
        var compiled = 0;
        for (var i = 0; i < 30_000 && total.Elapsed < TimeSpan.FromSeconds(10); i++)
        {
            var source = Mutated(corpus, random);
            var work = WorkOfThisThread.Begin();
            if (Expression.TryCompile(source, scope, out var expression, out var errors))
            {
                compiled++;
                expression.TryEvaluate(input, out _);
                expression.Explain(input);
            }
            else
            {
                Assert.InRange(errors.Count, 1, 50);
                Assert.All(errors, e => Assert.True(IsAtItsPlace(source, e), $"ENGAGEMENT_SEED={seed}: {source} has {e}"));
            }

            Assert.True(work.Elapsed < TimeSpan.FromSeconds(2), $"ENGAGEMENT_SEED={seed}: {source} took {work.Elapsed}");
        }

        Assert.InRange(compiled, 10, int.MaxValue);
    }

    private static string Mutated(List<string> corpus, Random random)
    {
        var source = corpus[random.Next(corpus.Count)];
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var (at, other) = (random.Next(source.Length + 1), corpus[random.Next(corpus.Count)]);
            var length = Math.Min(random.Next(1, 8), source.Length - at);
            source = random.Next(6) switch
            {
                0 => source.Remove(at, length),
                1 => source.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => source.Insert(at, source.Substring(at, length)),
                3 => source[..at] + other[random.Next(other.Length)..],
                4 => $"({source}) {(random.Next(2) == 0 ? "&&" : "||")} ({other})",
                _ => source.Insert(at, ((char)random.Next(1, 0x3100)).ToString(CultureInfo.InvariantCulture)),
            };
        }

        return source;
    }

    private static bool IsAtItsPlace(string source, ExpressionError error) =>
        error.Offset >= 0 && error.Offset <= source.Length && error.Line >= 1 && error.Column >= 1
        && error.Line <= 1 + source.Count(c => c is '\n' or '\r')
        && error.Message.Length > 0 && error.Text.Zh.Length > 0;
}
