using System.Buffers;
using Engagement.Engage.Import;

namespace Engagement.Engage.Surge;

/// <summary>
/// An open loop: each ten milliseconds have their events, whether earlier ones were answered or not, and every latency counts from
/// the instant at which an event was to be sent. A sender that waits would hide what a stalled engine costs.
/// </summary>
internal sealed class SurgeRun(Profile profile, SurgeEvents events, SurgeSender sender, TimeProvider time)
{
    private const int TicksPerSecond = 100;
    private const int BeginningsAtOnce = 1_000;

    /// <summary>Makes the clients that are there before it begins.</summary>
    public async Task Begin(EventSender patient, CancellationToken cancellation)
    {
        foreach (var body in events.Beginnings(BeginningsAtOnce))
        {
            if (await patient.Send(body, cancellation) is not { Rejected.Count: 0 })
            {
                throw new CommandException("--url: the engine does not take the clients that the profile begins with.");
            }
        }
    }

    public async Task Run(Action<int> beat, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var due = profile.Rates.Keys.ToDictionary(t => t, _ => 0.0);
        for (var tick = 0; tick < profile.Seconds * TicksPerSecond; tick++)
        {
            var intended = began + (tick * time.TimestampFrequency / TicksPerSecond);
            for (var left = time.GetElapsedTime(time.GetTimestamp(), intended); left > TimeSpan.Zero; left = time.GetElapsedTime(time.GetTimestamp(), intended))
            {
                await Task.Delay(left, time, cancellation);
            }

            cancellation.ThrowIfCancellationRequested();
            if (Next(tick / TicksPerSecond, intended, due) is { } arrivals)
            {
                sender.Send(arrivals, cancellation);
            }

            if (tick % TicksPerSecond == 0)
            {
                beat(tick / TicksPerSecond);
            }
        }

        while (sender.InFlight > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellation);
        }
    }

    private Arrivals? Next(int second, long intended, Dictionary<string, double> due)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        var count = 0;
        List<(int, string)> accounts = [];
        foreach (var type in profile.Rates.Keys)
        {
            due[type] += profile.Rate(type, second) / TicksPerSecond;
            for (; due[type] >= 1; due[type]--)
            {
                if (events.Add(type, body) is { } account)
                {
                    accounts.Add((count, account));
                }

                count++;
            }
        }

        return count == 0 ? null : new(second, intended, body.WrittenMemory, count, accounts);
    }
}
