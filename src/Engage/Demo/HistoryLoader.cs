namespace Engagement.Engage.Demo;

/// <summary>Sends the clients' histories, in loading order, a few hundred clients a request and two requests at a time.</summary>
internal sealed class HistoryLoader(DemoFeed feed, DemoControl control, DemoClients clients, string progressPath)
{
    private const int ClientsPerRequest = 150;
    private const int Lanes = 2;

    private readonly DemoHistory _history = new(Figures.Default);
    private volatile int _loaded;

    /// <summary>Clients below this number are known to the engine.</summary>
    public int Loaded => _loaded;

    /// <summary>Goes on from where the progress stands.</summary>
    /// <param name="upTo">Loads the clients below this number.</param>
    /// <returns>The progress then, which is also saved.</returns>
    public async Task<DemoProgress> Load(DemoProgress progress, int upTo, CancellationToken stop)
    {
        Known(progress.Loaded);
        while (progress.Loaded < upTo)
        {
            // A client is wholly in one request, so that the lanes cannot put his events out of order.
            var from = progress.Loaded;
            var to = Math.Min(from + (Lanes * ClientsPerRequest), upTo);
            await Task.WhenAll(clients.All[from..to].Chunk(ClientsPerRequest).Select(part => Send(part, progress.StartDay, stop)));
            progress = progress with { Loaded = to };
            progress.Save(progressPath);
            Known(to);
        }

        return progress;
    }

    private async Task Send(DemoClient[] part, int startDay, CancellationToken stop) =>
        control.Accepted(await feed.Append([.. part.SelectMany(c => _history.Of(c, startDay))], stop));

    private void Known(int clients)
    {
        _loaded = clients;
        control.Loaded(clients);
    }
}
