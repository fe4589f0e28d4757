using System.Diagnostics;
using Orleans.Runtime;
using Xunit.Sdk;

namespace Engagement.Grains.Tests;

/// <summary>Asks until it holds, and fails as it failed last.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    public static async Task Holds(Func<Task> attempt)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
            catch (Exception e) when (e is XunitException or OrleansException or TimeoutException && since.Elapsed < Within)
            {
                await Task.Delay(Every);
            }
        }
    }
}
