namespace Engagement.Grains;

/// <summary>Lets one after the other in, in the order in which they came. Within one grain: nothing here is for several threads at once.</summary>
internal sealed class Turnstile
{
    private readonly Queue<TaskCompletionSource> waiting = [];
    private bool taken;

    /// <returns>To be disposed by whoever is through.</returns>
    public async Task<IDisposable> Enter()
    {
        if (taken)
        {
            // Not from within who leaves: there may be thousands.
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(turn);
            await turn.Task;
        }

        taken = true;
        return new Turn(this);
    }

    private void Leave()
    {
        // It stays taken where somebody waits: nobody slips in between.
        if (waiting.TryDequeue(out var next))
        {
            next.SetResult();
        }
        else
        {
            taken = false;
        }
    }

    private sealed class Turn(Turnstile turnstile) : IDisposable
    {
        private bool left;

        public void Dispose()
        {
            if (!left)
            {
                left = true;
                turnstile.Leave();
            }
        }
    }
}
