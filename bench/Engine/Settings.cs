namespace Engagement.Bench.Engine;

/// <param name="Batch">Events a request, and rows a transaction of the raw insert.</param>
/// <param name="RawRows">Rows of each of the two raw inserts.</param>
/// <param name="Calls">Calls from grain to grain.</param>
internal sealed record Settings(int Seconds, int WarmUpSeconds, int Clients, int Connections, int Batch, int RawRows, int Calls);
