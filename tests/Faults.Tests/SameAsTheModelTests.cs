using System.Globalization;
using Engagement.Faults.Tests.Model;
using Xunit.Abstractions;

namespace Engagement.Faults.Tests;

/// <summary>
/// The engine over HTTP and the sequential model come to the same, whatever is sent twice or dies on the way. Another
/// stream: set ENGAGEMENT_SEED.
/// </summary>
public sealed class SameAsTheModelTests(ITestOutputHelper output)
{
    private const int DifferencesShown = 10;

    internal static readonly ulong Seed =
        ulong.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20260227;

    private static readonly Lazy<Script> Made = new(() => Script.From(Seed, StreamShape.Broad));

    internal static Script Broad => Made.Value;

    [Fact]
    public Task Stream_Plain_ComesToWhatTheModelSays() => Run(Broad, async (player, _, step, _) => await player.PlayAsync(step));

    [Fact]
    public Task Stream_EveryBatchSentTwice_ComesToTheSame() => Run(Broad, async (player, _, step, _) =>
    {
        await player.PlayAsync(step);
        if (step is SendBatch)
        {
            await player.PlayAsync(step);
        }
    });

    [Fact]
    public Task Stream_AQuarterLater_ComesToWhatTheModelSays() =>
        Run(Script.From(Seed, StreamShape.Restless), async (player, _, step, _) => await player.PlayAsync(step));

    [Fact]
    public Task Stream_KilledThreeTimes_ComesToTheSame()
    {
        var random = new SeededRandom(Seed);
        var steps = Broad.Steps;
        var betweenRequests = steps.Count / 4;
        var underABatch = Find<SendBatch>(steps, from: steps.Count / 2);
        var underTheClock = Find<SetClock>(steps, from: steps.Count * 3 / 4);
        return Run(Broad, async (player, engine, step, index) =>
        {
            if (index == betweenRequests || index == underABatch || index == underTheClock)
            {
                var inFlight = index == betweenRequests ? Task.CompletedTask : player.TryPlayAsync(step);

                // Not a wait for anything: it chooses where in the request the process dies.
                await Task.Delay(random.Next(20));
                await engine.KillAsync();
                await inFlight;
                await engine.RestartAsync();
            }

            await player.PlayAsync(step);
        });
    }

    private static int Find<T>(IReadOnlyList<Step> steps, int from) =>
        Enumerable.Range(from, steps.Count - from).First(index => steps[index] is T);

    private async Task Run(Script script, Func<Player, Engine, Step, int, Task> play)
    {
        output.WriteLine($"seed {script.Seed}");
        await using var engine = await Engine.StartAsync(Script.Start);
        var player = new Player(engine);
        await player.PublishAsync("/v1/organisation", Organisation.Start.Document());
        await player.PublishAsync("/v1/catalogue", CatalogueDocument.Write());
        for (var index = 0; index < script.Steps.Count; index++)
        {
            await play(player, engine, script.Steps[index], index);
        }

        await player.SettleAsync();
        var differences = await new Comparison(engine, script.Expected).RunAsync();
        await engine.KeepAsync("differences.txt", differences);
        Assert.True(
            differences.Count == 0,
            $"seed {script.Seed}, {differences.Count} differences:\n{string.Join('\n', differences.Take(DifferencesShown))}\n{engine.Log()}");
        var (code, text) = await engine.ReplayAsync();
        Assert.True(code == 0, $"seed {script.Seed}, replay: {text}");
        output.WriteLine(text);
        engine.Passed();
    }
}
