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

public sealed class DoubledStreamTests(ITestOutputHelper output)
{
    // With room for three clients awake and eight more at rest in each of 16 shards, everybody comes and goes all the time.
    private static readonly (string Name, string Value)[] LittleRoom = [("Engagement__AwakeMax", "48"), ("Engagement__ResidentMax", "176")];

    [ModelFact]
    public Task Stream_EveryBatchSentTwice_WithLittleRoomInMemory_ComesToTheSame() => Streams.CompareAsync(
        output,
        Streams.Main,
        async (player, _, step, _) =>
        {
            await player.PlayAsync(step);
            if (step is SendBatch)
            {
                await player.PlayAsync(step);
            }
        },
        LittleRoom);
}

public sealed class KilledStreamTests(ITestOutputHelper output)
{
    [ModelFact]
    public async Task Stream_KilledTenTimes_ComesToTheSame()
    {
        var kills = new Kills(Streams.Main);
        await Streams.CompareAsync(output, Streams.Main, kills.PlayAsync);
        output.WriteLine($"{kills.InTheMiddleOfTheClock} deaths in the middle of a step of the clock");
        Assert.Equal(10, kills.Count);
        Assert.True(kills.InTheMiddleOfTheClock > 0, "No step of the clock was met in the middle.");
    }
}

public sealed class QuarterStreamTests(ITestOutputHelper output)
{
    [WholeModelFact]
    public Task Stream_AQuarterLater_ComesToWhatTheModelSays() =>
        Streams.CompareAsync(output, Streams.Restless, (player, _, step, _) => player.PlayAsync(step));
}
