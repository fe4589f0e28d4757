namespace Engagement.Grains;

/// <summary>Wakes one loop of a grain. Releases while nobody waits are kept, as one. For use on one scheduler.</summary>
internal sealed class Signal(TimeProvider time)
{
    private TaskCompletionSource? waiter;
    private bool released;

    public void Release()
    {
        if (waiter is { } waiting)
        {
            waiter = null;
            waiting.TrySetResult();
        }
        else
        {
            released = true;
        }
    }

    /// <summary>Waits for a release, or for a time.</summary>
    public async Task Wait(TimeSpan most)
    {
        if (released)
        {
            released = false;
            return;
        }

        var mine = waiter = new();
        try
        {
            await mine.Task.WaitAsync(most, time);
        }
        catch (TimeoutException)
        {
            // As good as a release: the loop looks whether there is something to do.
            if (waiter == mine)
            {
                waiter = null;
            }
        }
    }
}
