using System.Globalization;
using Engagement.Faults.Tests.Model;
using Xunit.Abstractions;

namespace Engagement.Faults.Tests;

/// <summary>
/// The engine over HTTP and the sequential model come to the same, whatever is sent twice or dies on the way. Another
/// stream: set ENGAGEMENT_SEED. The whole stream, ten times as long: set ENGAGEMENT_STREAM to <c>whole</c>.
/// </summary>
public sealed class SameAsTheModelTests(ITestOutputHelper output)
{
    private const int DifferencesShown = 10;

    internal static readonly ulong Seed =
        ulong.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20260227;

    internal static readonly StreamShape Shape = Environment.GetEnvironmentVariable("ENGAGEMENT_STREAM") == "whole" ? StreamShape.Whole : StreamShape.Tenth;

    private static readonly Lazy<Script> Made = new(() => Script.From(Seed, Shape));

    internal static Script Month => Made.Value;

    [ModelFact]
    public Task Stream_Plain_ComesToWhatTheModelSays() => Run(Month, (player, _, step, _) => player.PlayAsync(step));

    [ModelFact]
    public Task Stream_EveryBatchSentTwice_ComesToTheSame() => Run(Month, async (player, _, step, _) =>
    {
        await player.PlayAsync(step);
        if (step is SendBatch)
        {
            await player.PlayAsync(step);
        }
    });

    [ModelFact]
    public Task Stream_AQuarterLater_ComesToWhatTheModelSays() =>
        Run(Script.From(Seed, StreamShape.Restless), (player, _, step, _) => player.PlayAsync(step));

    [ModelFact]
    public async Task Stream_KilledTenTimes_ComesToTheSame()
    {
        var kills = new Kills(Month);
        await Run(Month, kills.PlayAsync);
        output.WriteLine($"{kills.InTheMiddleOfTheClock} deaths in the middle of a step of the clock");
        Assert.Equal(10, kills.Count);
        Assert.True(kills.InTheMiddleOfTheClock > 0, "No step of the clock was met in the middle.");
    }

    private async Task Run(Script script, Func<Player, Engine, Step, int, Task> play)
    {
        output.WriteLine($"seed {script.Seed}, {script.Steps.Count} steps");
        await using var engine = await Engine.StartAsync(Script.Start);
        var player = new Player(engine);
        await player.PublishAsync("/v1/organisation", Organisation.Start.Document());
        await player.PublishAsync("/v1/catalogue", CatalogueDocument.Write(Catalogue.Start));
        for (var index = 0; index < script.Steps.Count; index++)
        {
            await play(player, engine, script.Steps[index], index);
        }

        await player.SettleAsync();
        IReadOnlyList<string> differences = [.. player.Differences, .. await new Comparison(engine, script.Expected).RunAsync()];
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
