using System.Globalization;
using Engagement.Faults.Tests.Model;
using Xunit.Abstractions;

namespace Engagement.Faults.Tests;

/// <summary>
/// The streams that the engine is compared on. Another one: set ENGAGEMENT_SEED. The whole, ten times as long: set
/// ENGAGEMENT_STREAM to <c>whole</c>.
/// </summary>
internal static class Streams
{
    private const int DifferencesShown = 10;

    public static readonly ulong Seed =
        ulong.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20260304;

    public static readonly bool IsWhole = Environment.GetEnvironmentVariable("ENGAGEMENT_STREAM") == "whole";

    public static readonly StreamShape Shape = IsWhole ? StreamShape.Whole : StreamShape.Tenth;

    private static readonly Lazy<Script> MadeMain = new(() => Script.From(Seed, Shape));
    private static readonly Lazy<Script> MadeRestless = new(() => Script.From(Seed, StreamShape.Restless));

    public static Script Main => MadeMain.Value;

    public static Script Restless => MadeRestless.Value;

    /// <summary>Plays a script to an engine of its own and compares everything with what the model has.</summary>
    /// <param name="play">Plays one step: once, twice, or over a death.</param>
    /// <param name="settings">Of the engine.</param>
    public static async Task CompareAsync(
        ITestOutputHelper output, Script script, Func<Player, Engine, Step, int, Task> play, params (string Name, string Value)[] settings)
    {
        await using var engine = await Engine.StartAsync(Script.Start, settings);
        await CompareAsync(output, script, engine, (player, step, index) => play(player, engine, step, index));
    }

    /// <summary>The same on an engine that runs already.</summary>
    public static async Task CompareAsync(ITestOutputHelper output, Script script, IEngine engine, Func<Player, Step, int, Task> play)
    {
        output.WriteLine($"seed {script.Seed}, {script.Steps.Count} steps");
        var player = new Player(engine);
        await player.PublishAsync("/v1/organisation", Organisation.Start.Document());
        await player.PublishAsync("/v1/catalogue", CatalogueDocument.Write(Catalogue.Start));
        for (var index = 0; index < script.Steps.Count; index++)
        {
            await play(player, script.Steps[index], index);
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
