using System.Globalization;
using Engagement.Tests.Postgres;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>Processor time of a PostgreSQL server, its processes that have ended included. Zero where the system does not say.</summary>
internal static class ServerTime
{
    // What Linux counts in, on every machine it is likely to meet.
    private const int TicksPerSecond = 100;

    public static TimeSpan Of(PostgresServer server)
    {
        try
        {
            var postmaster = File.ReadLines(Path.Combine(server.Data, "postmaster.pid")).First();
            var ticks = 0L;
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
            {
                ticks += Ticks(folder, postmaster);
            }

            return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
        }
        catch (IOException)
        {
            return TimeSpan.Zero;
        }
    }

    private static long Ticks(string folder, string postmaster)
    {
        string[] fields;
        try
        {
            // The name, in brackets, may hold anything: what counts comes after it, the parent second.
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended; its parent counts it.
            return 0;
        }

        long Field(int number) => long.Parse(fields[number], CultureInfo.InvariantCulture);
        var itself = Path.GetFileName(folder) == postmaster;
        return itself ? Field(11) + Field(12) + Field(13) + Field(14) : fields[1] == postmaster ? Field(11) + Field(12) : 0;
    }
}
