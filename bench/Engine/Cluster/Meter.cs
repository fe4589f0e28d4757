using System.Diagnostics;
using Engagement.Tests.Postgres;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>Measures a stretch of work in this process against a database server.</summary>
internal sealed class Meter(PostgresServer server)
{
    private static TimeSpan Cpu => Process.GetCurrentProcess().TotalProcessorTime;

    /// <param name="work">Answers how many events it did.</param>
    public async Task<Measured> Measure(Func<Task<long>> work)
    {
        var (cpu, database, started) = (Cpu, ServerTime.Of(server), Stopwatch.GetTimestamp());
        var events = await work();
        return new(events, Stopwatch.GetElapsedTime(started), Cpu - cpu, ServerTime.Of(server) - database);
    }
}
