using System.Globalization;
using Engagement.Faults.Tests.Model;
using Xunit.Abstractions;

namespace Engagement.Faults.Tests.Cluster;

/// <summary>
/// The long run, by command: <c>tests/Faults.Tests/faults MINUTES</c>. Three silos, two gateways and their database die, freeze, stop and
/// lose each other, in an order that follows from the seed, while load flows.
/// </summary>
public sealed class PostgresFaultRunTests(ITestOutputHelper output)
{
    private const int Silos = 3;

    /// <summary>How long a step of the stream may be tried again.</summary>
    private static readonly TimeSpan TakenWithin = TimeSpan.FromMinutes(3);

    /// <summary>For so long as was asked for: how soon work goes on after each fault, and that each accepted event has its effect once.</summary>
    [FaultRunFact]
    public async Task Load_UnderFaultsForMinutes_HasEachAcceptedEventOnce()
    {
        output.WriteLine($"seed {Streams.Seed}, {FaultRunFactAttribute.Minutes} minutes");
        await using var cluster = await RunningCluster.StartAsync(Silos, ("Engagement__Shards", "32"));
        var player = new Player(cluster);
        await player.PublishAsync("/v1/organisation", Organisation.Start.Document());
        await player.PublishAsync("/v1/catalogue", CatalogueDocument.Write(Model.Catalogue.Start));
        await using var load = new SteadyLoad(cluster);
        await load.Goes(FaultRun.Back);
        var faults = new FaultRun(cluster, load.Goes, output.WriteLine);
        using var ending = new CancellationTokenSource(TimeSpan.FromMinutes(FaultRunFactAttribute.Minutes));
        await faults.Go(new(Streams.Seed), ending.Token);
        output.WriteLine($"{await PostgresClusterTests.EachAppliedOnce(cluster, load)} Refused: {load.Refused.Count}.");
        foreach (var line in faults.Summary)
        {
            output.WriteLine(line);
        }

        cluster.Passed();
    }

    /// <summary>The restless stream to its end: memberships, decisions, places, prompts and screens are the sequential model's, and no screen missed a change.</summary>
    [FaultRunFact]
    public async Task Stream_UnderFaults_ComesToWhatTheModelSays()
    {
        await using var cluster = await RunningCluster.StartAsync(
            Silos, ("Engagement__Shards", "16"), ("Engagement__Clock", "manual"), ("Engagement__Now", ShanghaiTime.Text(Script.Start)));
        var (taken, steps) = (0L, Streams.Restless.Steps.Count);
        var faults = new FaultRun(cluster, Goes, output.WriteLine);
        using var ending = new CancellationTokenSource();
        var screens = new List<DeskScreen>();
        var going = Task.CompletedTask;
        try
        {
            await Streams.CompareAsync(output, Streams.Restless, cluster, async (player, step, index) =>
            {
                if (index == 0)
                {
                    screens.AddRange(Streams.Restless.Expected.Desks.Select(d => new DeskScreen(d, cluster.Auditor, cluster.AuditorAt(1))));
                    going = Task.Run(() => faults.Go(new(Streams.Seed), ending.Token));
                }

                await UntilTaken(player, step);
                Interlocked.Increment(ref taken);
                if (going.IsFaulted || index == steps - 1)
                {
                    await ending.CancelAsync();
                    await going;
                    await cluster.ReadyAsync();
                    await Shown(player, cluster, screens);
                }
            });
        }
        finally
        {
            await ending.CancelAsync();
            Interlocked.Exchange(ref taken, long.MaxValue / 2);
            await going.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var screen in screens)
            {
                await screen.DisposeAsync();
            }
        }

        Assert.Empty(screens.SelectMany(s => s.Gaps));
        foreach (var line in faults.Summary)
        {
            output.WriteLine(line);
        }

        // A step that was begun before the fault may end after it; the one after that was begun after it. At the end nobody waits.
        async Task<TimeSpan> Goes(TimeSpan within)
        {
            var (since, from) = (System.Diagnostics.Stopwatch.StartNew(), Interlocked.Read(ref taken));
            while (Interlocked.Read(ref taken) < Math.Min(from + 2, steps))
            {
                Assert.True(since.Elapsed < TakenWithin, $"No step is taken.{cluster.Log()}");
                await Task.Delay(20, CancellationToken.None);
            }

            return since.Elapsed;
        }
    }

    /// <summary>Repeats a step until it is taken, as a feed and a person at a desk do.</summary>
    private static async Task UntilTaken(Player player, Step step)
    {
        using var limit = new CancellationTokenSource(TakenWithin);
        while (true)
        {
            var before = player.Differences.Count;
            try
            {
                await player.PlayAsync(step);
                if (!player.Differences.Skip(before).Any(d => d.Contains("503", StringComparison.Ordinal) || d.Contains("429", StringComparison.Ordinal)))
                {
                    return;
                }
            }
            catch (Exception e) when (!limit.IsCancellationRequested && e is HttpRequestException or IOException or OperationCanceledException or Xunit.Sdk.XunitException)
            {
                // Refused, cut off, or not settled in time: again.
            }

            player.Differences.RemoveRange(before, player.Differences.Count - before);
            await Task.Delay(100, limit.Token);
        }
    }

    /// <summary>Each screen comes to show what its desk holds, which is compared with the model.</summary>
    private static async Task Shown(Player player, RunningCluster cluster, List<DeskScreen> screens)
    {
        await player.SettleAsync();
        var reader = new Reader(cluster);
        foreach (var screen in screens)
        {
            List<string> held = [];
            foreach (var state in (string[])["open", "seen", "accepted", "snoozed"])
            {
                held.AddRange((await reader.ListAsync($"/v1/desks/{screen.Desk}/prompts?state={state}")).Select(p => $"{(string)p["id"]!} {state}"));
            }

            string[] expected = [.. held.Order(StringComparer.Ordinal)];
            await cluster.UntilAsync(() => screen.Shown.SequenceEqual(expected), $"The screen of {screen.Desk} does not show what the desk holds.");
        }
    }
}

/// <summary>Runs by a command of its own, which says for how many minutes.</summary>
internal sealed class FaultRunFactAttribute : FactAttribute
{
    public static readonly double Minutes =
        double.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_FAULT_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 0;

    public FaultRunFactAttribute()
    {
        if (Minutes <= 0)
        {
            Skip = "Runs with ENGAGEMENT_FAULT_MINUTES (tests/Faults.Tests/faults).";
        }
    }
}
