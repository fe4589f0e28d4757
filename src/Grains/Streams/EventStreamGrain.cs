using Engagement.Contracts.Clock;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Contracts.Streams;
using Engagement.Domain.Clients;
using Engagement.Grains.Placement;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Engagement.Grains.Streams;

/// <summary>Takes a shard's stream of events and has the shard append them. Keyed by the shard's number, and placed beside it.</summary>
internal interface IEventStreamGrain : IGrainWithIntegerKey;

/// <summary>
/// Events by stream, read and refused as those by request. The next are asked for when the shard has these: what waits, waits in
/// the stream's queue, which is bounded. What fails is delivered again.
/// </summary>
[GrainType("event-stream"), KeyedPlacement, ImplicitStreamSubscription(StreamNames.Events)]
internal sealed partial class EventStreamGrain(ShardMap shards, IDeadLetters deadLetters, TimeProvider time, ILogger<EventStreamGrain> logger)
    : Grain, IEventStreamGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<StreamedEvent>
{
    private static readonly TimeSpan AppendsWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(100);

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<StreamedEvent>().ResumeAsync(this);

    public async Task OnNextAsync(IList<SequentialItem<StreamedEvent>> items)
    {
        var clock = await GrainFactory.GetGrain<IClockGrain>(0).Read();
        var intake = new EventIntake([.. items.Select(i => (ReadOnlyMemory<byte>)i.Item.Json)], clock.NowMs, shards);
        // A producer that counts shards otherwise than the engine has its events appended all the same, where they belong.
        await Task.WhenAll(intake.ByShard.Select(g => Append(g.Key, g.Value)));
        if (intake.Refused.Count > 0)
        {
            await deadLetters.Add(intake.DeadLetters());
        }
    }

    public Task OnErrorAsync(Exception ex)
    {
        LogLost(ex, this.GetPrimaryKeyLong());
        return Task.CompletedTask;
    }

    private async Task Append(int shard, List<IncomingEvent> events)
    {
        var began = time.GetTimestamp();
        while ((await GrainFactory.GetGrain<IShardGrain>(shard).Append(events)).Outcome is var outcome and not AppendOutcome.Durable)
        {
            if (time.GetElapsedTime(began) > AppendsWithin)
            {
                throw new StoreUnavailableException($"Shard {shard} did not append: {outcome}.");
            }

            await Task.Delay(AgainAfter, time);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of the stream of shard {Shard} were not delivered in time and are lost")]
    private partial void LogLost(Exception exception, long shard);
}
