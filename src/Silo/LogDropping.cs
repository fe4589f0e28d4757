using Engagement.Contracts.Storage;
using Engagement.Storage.Postgres;

namespace Engagement.Silo;

/// <summary>Looks every hour whether parts of the log are old enough to be dropped. Of several silos one does it.</summary>
internal sealed partial class LogDropping(LogRetention retention, TimeSpan keep, TimeProvider time, ILogger<LogDropping> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                if (await Task.Run(() => retention.Run(keep), stoppingToken) is { } done)
                {
                    Log(done);
                }
            }
            catch (Exception e) when (e is StoreUnavailableException or InvalidDataException)
            {
                LogNotDropped(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Log(LogRetained done)
    {
        if (done.Kept > 0)
        {
            LogKept(done.Kept);
        }

        if (done.Dropped > 0)
        {
            LogDropped(done.Dropped, done.Start);
        }

        if (done.WaitsForAnchors)
        {
            LogWaits();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Every client was kept as of the beginning of part {Part} of the log")]
    private partial void LogKept(int part);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Parts} parts of the log were dropped by age; it begins at position {Start} of each shard")]
    private partial void LogDropped(int parts, long start);

    [LoggerMessage(Level = LogLevel.Information, Message = "The log is old enough to be dropped, and waits for its next part: a catalogue has computed a metric over it since clients were kept")]
    private partial void LogWaits();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log was not dropped as far as it may be; the next hour tries again")]
    private partial void LogNotDropped(Exception exception);
}
