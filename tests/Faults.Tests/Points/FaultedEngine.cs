using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests.Points;

/// <summary>
/// One engine and its model for the points of one class, in whatever order they come: what one left must still be right
/// after the next. A point that failed leaves nothing to go on with, and the next one begins anew.
/// </summary>
public sealed class FaultedEngine : IAsyncLifetime
{
    private const int StepsMax = 400;
    private const int DifferencesShown = 10;

    private Engine? _engine;
    private FaultStream? _stream;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_engine is { } engine)
        {
            engine.Passed();
            await engine.DisposeAsync();
        }
    }

    /// <summary>Plays until the process dies at a step, starts it again, repeats what was not answered, and compares.</summary>
    internal async Task RunAsync(FaultCase fault)
    {
        var (engine, stream) = await TakeAsync();
        try
        {
            await DieAsync(fault, engine, stream);
            var player = new FaultPlayer(engine);
            await player.SettleAsync();
            List<string> differences = [.. await new Comparison(engine, stream.Model).RunAsync(), .. await new StoredRows(engine, stream.Model).DifferencesAsync()];
            Assert.True(
                differences.Count == 0,
                $"seed {stream.Seed}, {fault}, {differences.Count} differences:\n{string.Join('\n', differences.Take(DifferencesShown))}\n{engine.Log()}");
            (_engine, _stream) = (engine, stream);
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    private async Task<(Engine Engine, FaultStream Stream)> TakeAsync()
    {
        if (_engine is { } known)
        {
            var stream = _stream!;
            (_engine, _stream) = (null, null);
            return (known, stream);
        }

        var fresh = new FaultStream(Streams.Seed);
        var engine = await Engine.StartAsync(Script.Start);
        var player = new FaultPlayer(engine);
        await player.PublishAsync("/v1/organisation", Organisation.Start.Document());
        await player.PublishAsync("/v1/catalogue", CatalogueDocument.Write(Catalogue.Start));
        await player.PlayAsync(fresh.Begin);
        return (engine, fresh);
    }

    private static async Task DieAsync(FaultCase fault, Engine engine, FaultStream stream)
    {
        engine.Arm(fault.Step, fault.Times);
        var player = new FaultPlayer(engine);
        for (var i = 0; i < StepsMax; i++)
        {
            var step = stream.Next(fault.Cause);
            if (await player.TryPlayAsync(step))
            {
                continue;
            }

            Assert.Equal(Engine.Killed, await engine.ExitCodeAsync());
            await engine.RestartAsync();
            await player.PlayAsync(step);
            return;
        }

        Assert.Fail($"seed {stream.Seed}: {fault} was not reached in {StepsMax} steps.");
    }
}
