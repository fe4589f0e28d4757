namespace Engagement.Bench.Engine;

/// <summary>An engine in processes of its own, whatever it is made of.</summary>
internal interface IRunningEngine
{
    /// <summary>Processor time of its processes, over all cores; a database server's is not in it.</summary>
    TimeSpan Cpu { get; }

    /// <summary>Processor time of its database server; zero where it has none.</summary>
    TimeSpan DatabaseCpu { get; }

    long WorkingSetBytes { get; }

    /// <summary>A connection with the token of a role.</summary>
    Task<HttpClient> Client(string role);

    /// <summary>Decisions that were raised.</summary>
    long Raised();
}
