using Engagement.Contracts.Storage;
using Orleans.Runtime;

namespace Engagement.Contracts;

/// <summary>
/// What is on its way from one silo to another is waited for: a silo that stops, or one that has just come, is no error to whoever
/// asks. Only for calls that may be made twice.
/// </summary>
public static class Moving
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LoadsWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(50);

    /// <param name="isMoving">Does the answer say so?</param>
    public static async Task<T> Wait<T>(Func<Task<T>> call, TimeProvider time, Func<T, bool>? isMoving = null)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                var answer = await call();
                if (isMoving?.Invoke(answer) != true || time.GetElapsedTime(began) > WaitMax)
                {
                    return answer;
                }
            }
            catch (Exception e) when (e is OrleansMessageRejectionException or TimeoutException && time.GetElapsedTime(began) <= WaitMax)
            {
                // The silo stops, or is gone: the next call goes to another.
            }
            catch (StoreUnavailableException) when (time.GetElapsedTime(began) <= LoadsWithin)
            {
                // A shard that is loaded anew, here or elsewhere, is back in a moment, unless the database is away.
            }

            await Task.Delay(AgainAfter, time);
        }
    }
}
