using Xunit.Abstractions;

namespace Engagement.Faults.Tests;

// The engine over HTTP and the sequential model come to the same, whatever is sent twice or dies on the way. Each test is a
// class of its own, so that they run side by side: each waits for its engine's disk more than it works.

public sealed class PlainStreamTests(ITestOutputHelper output)
{
    [WholeModelFact]
    public Task Stream_Plain_ComesToWhatTheModelSays() =>
        Streams.CompareAsync(output, Streams.Main, (player, _, step, _) => player.PlayAsync(step));
}

/// <summary>All of the hardships below at once: what <c>./test</c> has time for, on a tenth of the stream.</summary>
public sealed class RoughStreamTests(ITestOutputHelper output)
{
    [ModelFact]
    public async Task Stream_KilledTenTimesAndSentTwice_WithLittleRoomInMemory_ComesToTheSame()
    {
        var kills = new Kills(Streams.Main);
        await Streams.CompareAsync(output, Streams.Main, Plays.Twice(kills.PlayAsync), Plays.LittleRoom);
        kills.AssertMet(output);
    }
}

public sealed class DoubledStreamTests(ITestOutputHelper output)
{
    [WholeModelFact]
    public Task Stream_EveryBatchSentTwice_WithLittleRoomInMemory_ComesToTheSame() =>
        Streams.CompareAsync(output, Streams.Main, Plays.Twice((player, _, step, _) => player.PlayAsync(step)), Plays.LittleRoom);
}

public sealed class KilledStreamTests(ITestOutputHelper output)
{
    [WholeModelFact]
    public async Task Stream_KilledTenTimes_ComesToTheSame()
    {
        var kills = new Kills(Streams.Main);
        await Streams.CompareAsync(output, Streams.Main, kills.PlayAsync);
        kills.AssertMet(output);
    }
}

public sealed class QuarterStreamTests(ITestOutputHelper output)
{
    [WholeModelFact]
    public Task Stream_AQuarterLater_ComesToWhatTheModelSays() =>
        Streams.CompareAsync(output, Streams.Restless, (player, _, step, _) => player.PlayAsync(step));
}

internal static class Plays
{
    // With room for three clients awake and eight more at rest in each of 16 shards, everybody comes and goes all the time.
    public static readonly (string Name, string Value)[] LittleRoom = [("Engagement__AwakeMax", "48"), ("Engagement__ResidentMax", "176")];

    /// <summary>Every batch once more.</summary>
    public static Func<Player, Engine, Step, int, Task> Twice(Func<Player, Engine, Step, int, Task> play) => async (player, engine, step, index) =>
    {
        await play(player, engine, step, index);
        if (step is SendBatch)
        {
            await player.PlayAsync(step);
        }
    };
}
