using Engagement.Domain;

namespace Engagement.Engage.Demo;

/// <summary>
/// Brings an empty engine to life and plays market days over and over: publishes organisation and catalogue, loads the
/// first clients, and plays while the rest is still being loaded. Clients who are not yet loaded are left out.
/// </summary>
internal sealed partial class DemoPlayer(DemoOptions options, DemoControl control, TimeProvider time, ILogger<DemoPlayer> logger) : BackgroundService
{
    private const int EventsPerRequest = 2_000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan QuoteEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts its services one after the other; making 20,000 clients must not hold it up.
        await Task.Yield();
        try
        {
            await Run(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
        catch (InvalidDataException refused)
        {
            LogRefused(refused.Message);
        }
    }

    private async Task Run(CancellationToken stop)
    {
        using var feed = new DemoFeed(options, time, logger);
        await feed.Ready(stop);
        var clients = DemoClients.Default;
        var path = Path.Combine(options.DataFolder, "demo.json");
        var today = Shanghai.Day(time.GetUtcNow().ToUnixTimeMilliseconds());
        var isNew = await feed.Publish("/v1/organisation", DemoOrganisation.Default.ToYaml(Shanghai.Date(today).Year), stop);
        isNew |= await feed.Publish("/v1/catalogue", Resource.Text("Demo.catalogue.yaml"), stop);

        var progress = (isNew ? null : DemoProgress.Read(path)) ?? new(0, today, 0);
        progress = progress with { Run = progress.Run + 1 };
        progress.Save(path);

        var loader = new HistoryLoader(feed, control, clients, path);
        progress = await loader.Load(progress, clients.FirstSlice, stop);
        LogOpen(progress.Run, loader.Loaded);

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var loading = loader.Load(progress, DemoClients.Count, either.Token);
        var playing = Play(feed, loader, progress.Run, either.Token);
        try
        {
            await await Task.WhenAny(loading, playing);
            await playing;
        }
        finally
        {
            // When one is refused the other ends too, before the feed is closed under it.
            await either.CancelAsync();
            await Task.WhenAll(loading, playing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Play(DemoFeed feed, HistoryLoader loader, int run, CancellationToken stop)
    {
        var schedule = new DaySchedule(Figures.Default, DemoClients.Default);
        var maker = new ClientMaker(DemoSeed.Value, Figures.Default, DemoOrganisation.Default);
        var book = new Book(aligns: run > 1);
        for (var day = 0; !stop.IsCancellationRequested; day++)
        {
            var market = schedule.Market(day);
            book.Forget(day - 1);
            LogDay(Figures.Default.Days[market]);
            await PlayDay(feed, loader, new MarketDay(Figures.Default, maker, book, run, day, market), schedule.Of(day), Figures.Default.Days[market], stop);
        }
    }

    private async Task PlayDay(
        DemoFeed feed, HistoryLoader loader, MarketDay day, IReadOnlyList<Intent> intents, DateOnly date, CancellationToken stop)
    {
        var due = new List<DemoEvent>();
        var (next, position, last) = (0, 0.0, time.GetTimestamp());
        long? quotedAt = null;
        while (position < MarketClock.DayMs)
        {
            await Task.Delay(Tick, time, stop);
            var now = time.GetTimestamp();
            position += control.Turn(time.GetElapsedTime(last, now));
            last = now;
            control.Showing(date, MarketClock.Time((int)position));
            next = await PlayUntil(position, next);
            if (quotedAt is not { } at || time.GetElapsedTime(at, now) >= QuoteEvery)
            {
                await feed.Quote(day.Quotes((int)position, time.GetUtcNow().ToUnixTimeMilliseconds()), stop);
                quotedAt = now;
            }
        }

        async Task<int> PlayUntil(double offsetMs, int from)
        {
            while (from < intents.Count && intents[from].OffsetMs <= offsetMs)
            {
                due.Clear();
                var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
                for (; from < intents.Count && intents[from].OffsetMs <= offsetMs && due.Count < EventsPerRequest; from++)
                {
                    if (intents[from].Client is not { } client || client.Number < loader.Loaded)
                    {
                        day.Play(intents[from], nowMs, due);
                    }
                }

                if (due.Count > 0)
                {
                    control.Accepted(await feed.Append(due, stop));
                }
            }

            return from;
        }
    }

    [LoggerMessage(LogLevel.Information, "The demo's market opens: run {Run}, {Clients} of its clients loaded")]
    private partial void LogOpen(int run, int clients);

    [LoggerMessage(LogLevel.Information, "The demo plays {Day:yyyy-MM-dd}")]
    private partial void LogDay(DateOnly day);

    [LoggerMessage(LogLevel.Debug, "The demo has stopped")]
    private partial void LogStopped();

    [LoggerMessage(LogLevel.Error, "The engine refuses what the demo sends, and the demo ends: {Answer}")]
    private partial void LogRefused(string answer);
}
