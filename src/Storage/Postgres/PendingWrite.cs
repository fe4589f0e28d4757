using Engagement.Contracts.Storage;

namespace Engagement.Storage.Postgres;

/// <summary>A write that waits for its transaction.</summary>
/// <param name="owner">Writes of one owner are never in one transaction, and keep their order; null: nobody's.</param>
/// <param name="rows">About how many rows it writes.</param>
internal abstract class PendingWrite(string? owner, int rows)
{
    public string? Owner => owner;

    public int Rows => rows;

    /// <summary>False: it was fenced off, and wrote nothing.</summary>
    public bool Passed { get; set; }

    /// <summary>It is committed.</summary>
    public abstract void Complete();

    public abstract void Fail(string message, Exception reason);
}

/// <typeparam name="TRequest">Requests of one type are written together, by one set of statements.</typeparam>
internal sealed class PendingWrite<TRequest>(string? owner, int rows, TRequest request) : PendingWrite(owner, rows)
{
    private readonly TaskCompletionSource<bool> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TRequest Request => request;

    public Task<bool> Task => completion.Task;

    public override void Complete() => completion.TrySetResult(Passed);

    public override void Fail(string message, Exception reason) => completion.TrySetException(new StoreUnavailableException(message, reason));
}
