namespace Engagement.Contracts.Clock;

/// <summary>The engine's clock as a whole. One, keyed 0.</summary>
[Alias("clock")]
public interface IClockGrain : IGrainWithIntegerKey
{
    /// <summary>The engine's instant.</summary>
    [Alias("now")]
    Task<ClockReading> Read();

    /// <summary>Moves the manual clock. Answers when everything that fell due has been applied, in due order.</summary>
    /// <returns>False where the instant is earlier, or the clock is the wall's.</returns>
    [Alias("advance"), ResponseTimeout("02:00:00")]
    Task<bool> Advance(long nowMs);

    /// <summary>Completes an advance that a crash cut off.</summary>
    [Alias("complete"), ResponseTimeout("02:00:00")]
    Task Complete();

    /// <summary>Waits until everything that was accepted has been applied and what follows has settled.</summary>
    [Alias("settle"), ResponseTimeout("02:00:00")]
    Task<EngineProgress> Settle(TimeSpan wait);
}

[GenerateSerializer, Immutable, Alias("clock-reading")]
public sealed record ClockReading([property: Id(0)] bool Manual, [property: Id(1)] long NowMs);

[GenerateSerializer, Immutable, Alias("engine-progress")]
public sealed record EngineProgress([property: Id(0)] long Appended, [property: Id(1)] long Applied, [property: Id(2)] bool Settled, [property: Id(3)] long Clients, [property: Id(4)] long Rolled);
