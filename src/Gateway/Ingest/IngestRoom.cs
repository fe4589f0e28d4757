using Engagement.Domain;
using Microsoft.Extensions.Options;

namespace Engagement.Gateway.Ingest;

/// <summary>
/// The room that all requests with events share. What does not fit is refused before anything of it goes on, so memory is
/// bounded by the settings, however many send and however long.
/// </summary>
public sealed class IngestRoom(IOptions<IngestOptions> options, TimeProvider time)
{
    private readonly Room events = new(options.Value.QueueMax, time);
    private readonly Room bytes = new(options.Value.IngestBytesMax, time);

    public bool IsFull => events.IsFull || bytes.IsFull;

    /// <summary>How long what is in the works will take.</summary>
    public int RetryAfterSeconds => Math.Max(events.Seconds, bytes.Seconds);

    /// <summary>One request's share, given back when it is disposed.</summary>
    public Share Enter() => new(this);

    /// <summary>Not for several threads at once: a request is read and answered by one at a time.</summary>
    public sealed class Share(IngestRoom room) : IDisposable
    {
        private long events;
        private long bytes;

        public bool TryTakeBytes(long more)
        {
            if (!room.bytes.TryTake(more, bytes))
            {
                return false;
            }

            bytes += more;
            return true;
        }

        public bool TryTakeEvents(int more)
        {
            if (!room.events.TryTake(more, events))
            {
                return false;
            }

            events += more;
            return true;
        }

        public void Dispose()
        {
            room.events.Give(events);
            room.bytes.Give(bytes);
            (events, bytes) = (0, 0);
        }
    }

    private sealed class Room(long max, TimeProvider time)
    {
        private readonly Lock gate = new();
        private readonly WorkRate rate = new();
        private long used;
        private long since;

        public bool IsFull
        {
            get
            {
                lock (gate)
                {
                    return used >= max;
                }
            }
        }

        public int Seconds
        {
            get
            {
                lock (gate)
                {
                    Elapse(0);
                    return rate.SecondsFor(used);
                }
            }
        }

        /// <param name="own">What the same request has already: one that is larger than the room gets in when it is alone.</param>
        public bool TryTake(long amount, long own)
        {
            lock (gate)
            {
                if (used > own && used + amount > max)
                {
                    return false;
                }

                Elapse(0);
                used += amount;
                return true;
            }
        }

        public void Give(long amount)
        {
            lock (gate)
            {
                Elapse(amount);
                used -= amount;
            }
        }

        private void Elapse(long done)
        {
            var now = time.GetTimestamp();
            if (used > 0)
            {
                rate.Worked(done, time.GetElapsedTime(since, now));
            }

            since = now;
        }
    }
}
