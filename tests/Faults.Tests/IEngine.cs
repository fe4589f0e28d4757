namespace Engagement.Faults.Tests;

/// <summary>An engine as its users see it: one process, or a cluster.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>Events only.</summary>
    HttpClient Ingest { get; }

    /// <summary>Clock, catalogue and organisation.</summary>
    HttpClient Admin { get; }

    /// <summary>Every GET.</summary>
    HttpClient Auditor { get; }

    /// <summary>A branch's manager, by a name that begins with the branch: <c>north-1</c>.</summary>
    Task<HttpClient> ManagerAsync(string name);

    /// <summary>The end of what was printed last, for a message of failure.</summary>
    string Log();

    /// <summary>Writes a file beside the logs.</summary>
    Task KeepAsync(string name, IEnumerable<string> lines);

    /// <summary>Runs <c>engage replay</c> on the data, whether the engine runs or not.</summary>
    Task<(int Code, string Text)> ReplayAsync(params string[] options);

    /// <summary>The test has what it came for: logs and data may go.</summary>
    void Passed();
}
