using System.Globalization;
using System.Text;
using CsCheck;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Tests.Clients;

/// <summary>
/// A client who is woken only when his engine asks, beside one whose every segment is evaluated at every step of the clock:
/// the same members at each, whatever the expressions and the history. Sixty days around holidays of the years 2024 to 2026.
/// </summary>
public sealed class WakingTests
{
    private const long Second = 1_000;
    private const int Days = 60;

    /// <summary>Around the Spring Festivals, the National Days and 29 February, and where a year ends.</summary>
    private static readonly string[] Starts = ["2024-01-15", "2024-02-08", "2024-09-10", "2024-12-10", "2025-01-10", "2025-04-20", "2025-09-15", "2026-01-26", "2026-08-30"];

    private static readonly Gen<string> Comparison = Gen.OneOf("<", "<=", ">", ">=", "==", "!=");

    private static readonly Gen<string> Window = Gen.OneOf("1d", "2d", "7d", "30d", "1t", "2t", "5t", "20t", "1h", "26h", "48h", "1m", "90m", "2880m");

    /// <summary>Each turns exactly at the instants that it names: no wake-up of these is in vain.</summary>
    private static readonly Gen<string> ExactLeaf = Gen.Select(
        Gen.OneOf(
            "now - client.opened {0} duration('{1}h')",
            "client.opened + duration('{1}h{2}m') {0} now",
            "now {0} trades.last() + duration('{1}h{2}s')",
            "trades.last() - now {0} duration('-{2}m')",
            "now - duration('{2}h') {0} visits.last()",
            "now {0} timestamp('2024-10-0{3}T01:30:00Z') + duration('{1}h')",
            "trades.count('{4}') {0} {3}",
            "{3} {0} visits.count('{4}')",
            "trades.sum('{4}') {0} {1}.5",
            "trades.max('{4}') {0} 2000.0",
            "trades.within('{4}')",
            "deposits.within('{4}') && !visits.within('{4}')",
            "now.getHours('Asia/Shanghai') {0} {2}",
            "now.getDayOfWeek('Asia/Shanghai') {0} {3}",
            "(now + duration('{1}m')).getHours('+08:00') {0} {2}",
            "now.getDate('America/New_York') {0} {2}",
            "now.getMonth('Europe/Berlin') {0} {3}",
            "client.age {0} 3{3}",
            "client.riskValid",
            "client.risk {0} {3}",
            "'t{3}' in client.tags"),
        Comparison,
        Gen.Int[0, 1_400],
        Gen.Int[0, 23],
        Gen.Int[1, 6],
        Window,
        (form, op, hours, small, count, window) => string.Format(CultureInfo.InvariantCulture, form, op, hours, small, count, window));

    /// <summary>And those whose next change is known only roughly, from the safe side.</summary>
    private static readonly Gen<string> Leaf = Gen.Frequency(
        (3, ExactLeaf),
        (2, Gen.Select(
            Gen.OneOf(
                "client.age % 2 {0} 0",
                "trades.count('{4}') {0} visits.count('{4}')",
                "trades.sum('{4}') / {3}.0 {0} deposits.sum('{4}')",
                "1 / (trades.count('{4}') - {3}) {0} 0",
                "client.tags.exists(t, now - client.opened {0} duration(t))",
                "client.tags.all(t, t.startsWith('t') || now - trades.last() {0} duration('{1}h'))",
                "[1, 2, {3}].exists_one(n, visits.count('{4}') {0} n)",
                "now.getHours('Asia/Shanghai') in [9, {2}]",
                "(now - duration('{1}h')).getDayOfYear() {0} 5{3}",
                "timestamp('2262-01-01T00:00:00Z') - now {0} duration('{1}h')",
                "inSegment('s0')",
                "inSegment('s1') && !inSegment('s0')"),
            Comparison,
            Gen.Int[0, 1_400],
            Gen.Int[0, 23],
            Gen.Int[1, 6],
            Window,
            (form, op, hours, small, count, window) => string.Format(CultureInfo.InvariantCulture, form, op, hours, small, count, window))));

    private static readonly Gen<History> Histories = Gen.Select(
        Gen.OneOf(Starts),
        Gen.Select(Gen.Int[-40 * 24 * 3_600, (Days - 10) * 24 * 3_600], Gen.Int[0, 6], Gen.Int[1, 9]).Array[0, 14],
        Gen.OneOf("1994-02-28", "1992-02-29", "1988-02-29", "1990-10-01", "1995-01-31"),
        Gen.Int[-5, 70],
        Gen.Int[0, 100_000],
        (start, events, birth, riskDays, seed) => new History(start, events, birth, riskDays, seed));

    [Fact]
    public void Client_WokenOnlyWhenHeAsks_IsAMemberAtEveryStepAsIfEvaluatedAtEach() =>
        Gen.Select(Expressions(Tree(2, Leaf), 5, chained: true), Histories).Sample(
            (segments, history) =>
            {
                var wakes = new Run(segments, history).Wakes();
                new Run(segments, history).Compare(wakes);
            },
            iter: 60,
            threads: 1);

    /// <summary>Every single comparison stands beside as a segment of its own: where none of them turns, there was no reason to wake.</summary>
    [Fact]
    public void Client_OfExactComparisons_IsNeverWokenInVain() =>
        Gen.Select(ExactLeaf.Array[3], Gen.OneOf("{0} && {1} || {2}", "!({0}) && ({1} ? {2} : {0})", "({0} || {1}) && !({2})"), Histories).Sample(
            (leaves, form, history) =>
            {
                string[] whole = [string.Format(CultureInfo.InvariantCulture, form, leaves.Select(l => (object)$"({l})").ToArray())];
                var segments = leaves.SelectMany(l => l.Split(" && !", StringSplitOptions.None)).Concat(whole).Select(w => (w, (string?)null)).ToArray();
                var run = new Run(segments, history);
                run.Wakes();

                Assert.Empty(run.InVain);
            },
            iter: 300,
            threads: 1);

    private static Gen<(string When, string? Stay)[]> Expressions(Gen<string> condition, int count, bool chained) =>
        Gen.Select(condition, condition, Gen.Bool).Array[count].Select(all => all
            .Select((one, i) => (Unchained(one.Item1, i), one.Item3 ? Unchained(one.Item2, i) : null))
            .ToArray());

    /// <summary>The first two segments are asked for by the others, and ask for nobody.</summary>
    private static string Unchained(string condition, int at) => at > 1
        ? condition
        : condition.Replace("inSegment('s0')", "client.riskValid", StringComparison.Ordinal).Replace("inSegment('s1')", "trades.ever()", StringComparison.Ordinal);

    private static Gen<string> Tree(int depth, Gen<string> leaf) => depth == 0 ? leaf : Gen.Select(
        Gen.OneOf("{0}", "({0} && {1})", "({0} || {1})", "!({0})", "({0} ? {1} : {2})", "({0} && {1} && {2})", "({0} || {1} || {2})"),
        Tree(depth - 1, leaf),
        Tree(depth - 1, leaf),
        Tree(depth - 1, leaf),
        (form, a, b, c) => string.Format(CultureInfo.InvariantCulture, form, a, b, c));

    private sealed record History(string Start, (int Second, int Kind, int Amount)[] Events, string Birth, int RiskDays, int Seed)
    {
        public long StartMs { get; } = Shanghai.StartMs(Shanghai.Day(DateOnly.ParseExact(Start, "yyyy-MM-dd", CultureInfo.InvariantCulture)));

        public override string ToString() => $"{Start} born {Birth} risk {RiskDays} seed {Seed}: {string.Join(", ", Events)}";
    }

    private sealed class Run : IPublishedDocuments
    {
        private readonly Catalogue catalogue;
        private readonly History history;
        private readonly (string When, string? Stay)[] segments;
        private readonly ClientEngine engine;
        private readonly bool[] stepped;
        private readonly DateOnly birth;
        private long position;
        private long atMs;

        public Run((string When, string? Stay)[] segments, History history)
        {
            (this.segments, this.history) = (segments, history);
            var yaml = new StringBuilder("segments:\n");
            foreach (var (i, (when, stay)) in segments.Index())
            {
                yaml.Append(CultureInfo.InvariantCulture, $"- {{ id: s{i}, when: \"{when}\"{(stay is null ? "" : $", stay: \"{stay}\"")} }}\n");
            }

            Assert.True(CatalogueDocument.TryRead(yaml.ToString(), DocumentFormat.Yaml, 1, out var read, out var problems), $"{yaml}{string.Join('\n', problems)}");
            catalogue = read!;
            stepped = new bool[catalogue.Segments.Length];
            birth = DateOnly.ParseExact(history.Birth, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            engine = new(new ClientState { Id = "c-1" }, new PersonalFields(null, null, birth), this);
        }

        public List<string> InVain { get; } = [];

        public Catalogue Catalogue(int version) => version == 0 ? Domain.Campaigns.Catalogue.Empty : catalogue;

        public OrganisationTree Organisation(int version) => OrganisationTree.Empty;

        /// <summary>The instants at which the engine asks to be woken, events between them.</summary>
        public List<long> Wakes()
        {
            var wakes = new List<long>();
            foreach (var (ms, apply) in Records())
            {
                WakeUpTo(ms - 1, wakes);
                apply();
            }

            WakeUpTo(history.StartMs + (Days * Shanghai.DayMs), wakes);
            return wakes;
        }

        /// <summary>Every second within two minutes of each critical instant, and at random instants between.</summary>
        public void Compare(List<long> wakes)
        {
            var records = Records().ToList();
            var random = new Random(history.Seed);
            var end = history.StartMs + (Days * Shanghai.DayMs);
            // Near the wake-ups too many to be looked at each: a sample of them, and the ends of days and of risk.
            var critical = wakes.Concat(records.Select(r => r.Ms)).Concat(Enumerable.Range(0, Days).Select(d => history.StartMs + (d * Shanghai.DayMs)))
                .OrderBy(_ => random.Next()).Take(60);
            var steps = critical.SelectMany(c => Enumerable.Range(-120, 241).Select(s => c + (s * Second)).Append(c - 1).Append(c + 1))
                .Concat(wakes)
                .Concat(Enumerable.Range(0, 500).Select(_ => history.StartMs + random.NextInt64(Days * Shanghai.DayMs)))
                .Where(ms => ms >= records[0].Ms && ms <= end)
                .Distinct()
                .Order();
            var next = 0;
            foreach (var ms in steps)
            {
                for (; next < records.Count && records[next].Ms <= ms; next++)
                {
                    WakeUpTo(records[next].Ms - 1, []);
                    records[next].Apply();
                    Step(records[next].Ms);
                }

                if (ms > atMs)
                {
                    WakeUpTo(ms, []);
                    Step(ms);
                }
            }
        }

        private void WakeUpTo(long ms, List<long> wakes)
        {
            while (engine.DueMs is var due && due <= ms)
            {
                Assert.True(due > atMs, $"Due at {Rfc3339.Format(due)}, which is not ahead of {Rfc3339.Format(atMs)}.");
                var effects = Apply(due, RecordKind.Due, LogRecord.DueType, "");
                wakes.Add(due);
                if (effects.Memberships.IsEmpty)
                {
                    InVain.Add(Rfc3339.Format(due));
                }

                Assert.InRange(wakes.Count, 0, Days * 60);
            }
        }

        /// <summary>What every segment is at an instant when all are evaluated then, and that the engine says the same.</summary>
        private void Step(long ms)
        {
            atMs = ms;
            var input = new ClientInput(engine.State, birth, catalogue, OrganisationTree.Empty, ms, stepped);
            foreach (var segment in catalogue.Segments)
            {
                var due = long.MaxValue;
                _ = segment.When.TryEvaluate(input, ref due, out var holds);
                if (!holds && stepped[segment.Index])
                {
                    _ = segment.Stay.TryEvaluate(input, ref due, out holds);
                }

                stepped[segment.Index] = holds;
                var isMember = engine.State.Memberships.Any(m => m.Segment == segment.Id);
                Assert.True(isMember == holds, $"{segment.Id} = {segments[int.Parse(segment.Id[1..], CultureInfo.InvariantCulture)]} at {Rfc3339.Format(ms)}: woken {isMember}, stepped {holds}");
            }
        }

        private IEnumerable<(long Ms, Action Apply)> Records()
        {
            var before = history.StartMs - (41 * Shanghai.DayMs);
            var until = DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(Shanghai.Day(history.StartMs) + history.RiskDays));
            var records = new List<(long Ms, string Type, string Data)>
            {
                (before, "account.opened", """{"outlet":"o","channel":"online","tags":["t1","t3","700h","90m"]}"""),
                (before + 1, "risk.assessed", $$"""{"level":3,"validUntil":"{{until:yyyy-MM-dd}}"}"""),
            };
            records.AddRange(history.Events.Select(e => (history.StartMs + (e.Second * Second) + e.Amount, TypeOf(e.Kind), DataOf(e.Kind, e.Amount))));
            yield return (before - 1, () => Apply(before - 1, RecordKind.Catalogue, LogRecord.CatalogueType, """{"version":1}"""));
            foreach (var (ms, type, data) in records.OrderBy(r => r.Ms))
            {
                yield return (ms, () => Apply(ms, RecordKind.Event, type, data));
            }
        }

        private static string TypeOf(int kind) => kind switch { < 4 => "trade.executed", 4 => "cash.moved", _ => "app.active" };

        private static string DataOf(int kind, int amount) => kind switch
        {
            < 4 => $$"""{"symbol":"600000","side":"buy","quantity":100,"price":{{amount * 5}},"product":"stock","commission":5}""",
            4 => $$"""{"amount":{{amount * 100}}}""",
            _ => "{}",
        };

        private ClientEffects Apply(long ms, RecordKind kind, string type, string data)
        {
            atMs = ms;
            position++;
            return engine.Apply(new(position, kind, "c-1", "test", $"e-{position}", type, ms, ms, Encoding.UTF8.GetBytes(data), null));
        }
    }
}
