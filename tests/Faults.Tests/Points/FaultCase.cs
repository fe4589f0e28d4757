namespace Engagement.Faults.Tests.Points;

/// <summary>What brings the engine to a step.</summary>
internal enum Cause
{
    /// <summary>Events; the clock goes on where they touch places.</summary>
    Events,

    /// <summary>Mostly the clock.</summary>
    Clock,

    /// <summary>The organisation in force, published once more, and other catalogues, some with metrics that are computed over the log.</summary>
    Publish,

    /// <summary>Actions on prompts, each taken back, so that nothing stays changed.</summary>
    Act,

    /// <summary>Valuations that take clients with open prompts across the bound of an advisor of their own.</summary>
    Move,

    /// <summary>Valuations of few clients across that bound until moves are refused, and then the day on which they are tried again.</summary>
    Retry,

    /// <summary>Events among which some must be refused.</summary>
    Refused,

    /// <summary>The erasure of somebody's personal fields.</summary>
    Erase,
}

/// <param name="Times">The process dies the so-many-th time that the step is reached.</param>
internal sealed record FaultCase(string Step, Cause Cause, int Times = 1)
{
    public static readonly IReadOnlyList<FaultCase> OfShards =
    [
        new("shard.taken", Cause.Events, 3),
        new("shard.applied", Cause.Events, 5),
        new("shard.due", Cause.Clock, 20),
        new("shard.rolled", Cause.Publish, 7),
        new("shard.erased", Cause.Erase),
        new("shard.written", Cause.Events, 9),
        new("store.committed", Cause.Events, 6),
        new("shard.committed", Cause.Events, 7),
        new("outbox.delivering", Cause.Events, 2),
        new("outbox.delivered", Cause.Move),
        new("ingest.appended", Cause.Events, 2),
        new("ingest.refused", Cause.Refused, 2),
    ];

    public static readonly IReadOnlyList<FaultCase> OfTheRest =
    [
        new("desk.changed", Cause.Move, 2),
        new("desk.committed", Cause.Move, 3),
        new("desk.acted", Cause.Act, 2),
        new("desk.appended", Cause.Act),
        new("desk.left", Cause.Move),
        new("desk.handed.over", Cause.Move),
        new("branch.changed", Cause.Move, 3),
        new("branch.committed", Cause.Move),
        new("branch.granted", Cause.Move),
        new("document.stored", Cause.Publish),
        new("document.placed", Cause.Publish),
        new("document.appended", Cause.Publish, 5),
        new("document.logged", Cause.Publish),
        new("document.announcing", Cause.Publish),
        new("clock.targeted", Cause.Clock),
        new("clock.instant", Cause.Retry),
        new("clock.settled", Cause.Clock),
    ];
}
