using System.Collections.Concurrent;
using Engagement.Contracts.Desks;
using Engagement.Domain.Desks;

namespace Engagement.Gateway.Desks;

/// <summary>A desk that somebody at this gateway has open: hands its changes on to whoever has.</summary>
/// <param name="name">The desk.</param>
/// <param name="pulse">Asks the desk where it is, and brings every screen there.</param>
internal sealed class WatchedDesk(string name, Func<WatchedDesk, Task> pulse) : IDeskObserver
{
    public string Name => name;

    /// <summary>By what the desk knows this; kept, for the desk holds it but weakly.</summary>
    public IDeskObserver? Reference { get; set; }

    /// <summary>As last told to the screens.</summary>
    public long Clients { get; set; }

    public ConcurrentDictionary<string, DeskConnection> Connections { get; } = [];

    /// <summary>The question under way where the desk is; at most one.</summary>
    public Task Pulsing { get; set; } = Task.CompletedTask;

    /// <summary>The question under way who may still look; false where it could not be answered.</summary>
    public Task<bool> Asking { get; set; } = Task.FromResult(true);

    public Task Changed(string desk, long from, long seq, IReadOnlyList<Prompt> prompts)
    {
        var missing = false;
        foreach (var connection in Connections.Values)
        {
            missing |= !connection.Changed(from, seq, prompts);
        }

        if (missing && Pulsing.IsCompleted)
        {
            // At once, and not with the next beat.
            Pulsing = pulse(this);
        }

        return Task.CompletedTask;
    }
}
