using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Engagement.Bench.Engine;

/// <summary>The other ceiling: calls from grain to grain that do nothing, on a silo of this process.</summary>
internal static class NullCall
{
    private const int Callers = 64;
    private const int Targets = 1_000;

    public static async Task<Measured> Run(int calls)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()));
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        await All(grains, Targets);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await All(grains, calls / Callers);
        var measured = new Measured(calls / Callers * Callers, Stopwatch.GetElapsedTime(started), Process.GetCurrentProcess().TotalProcessorTime - cpu);
        await host.StopAsync();
        return measured;
    }

    private static Task All(IGrainFactory grains, int each) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(i => grains.GetGrain<ICallerGrain>(i).Call(each, Targets)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Calls others, one after the other.</summary>
public interface ICallerGrain : IGrainWithIntegerKey
{
    Task Call(int calls, int targets);
}

/// <summary>Does nothing.</summary>
public interface INullGrain : IGrainWithIntegerKey
{
    Task Nothing();
}

internal sealed class CallerGrain : Grain, ICallerGrain
{
    public async Task Call(int calls, int targets)
    {
        var all = Enumerable.Range(0, targets).Select(i => GrainFactory.GetGrain<INullGrain>(i)).ToArray();
        var first = (int)this.GetPrimaryKeyLong() * 17;
        for (var i = 0; i < calls; i++)
        {
            await all[(first + i) % targets].Nothing();
        }
    }
}

internal sealed class NullGrain : Grain, INullGrain
{
    public Task Nothing() => Task.CompletedTask;
}
