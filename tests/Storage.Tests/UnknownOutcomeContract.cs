using System.Diagnostics;
using Engagement.Contracts.Storage;
using Engagement.Storage.Tests.Writer;
using Xunit.Abstractions;

namespace Engagement.Storage.Tests;

/// <summary>Whoever does not learn what became of a commit reads it back, and finds all of it or nothing.</summary>
public abstract class UnknownOutcomeContract(ITestOutputHelper output)
{
    private const int InFlight = 12;

    protected abstract IStores Make();

    /// <summary>Arguments by which another process writes into the same store.</summary>
    protected abstract IEnumerable<string> Writer(IStores stores);

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 40)]
    [InlineData(3, 90)]
    [InlineData(4, 150)]
    [InlineData(5, 1)]
    [InlineData(6, 12)]
    [InlineData(7, 25)]
    [InlineData(8, 60)]
    public async Task Commits_OfAProcessThatIsKilled_AreThereWholeOrNotAtAll(int seed, int answers)
    {
        await using var stores = Make();
        using var writer = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommitSeries).Assembly.Location, .. Writer(stores), $"{seed}"]) { RedirectStandardOutput = true })!;
        var answered = 0L;
        try
        {
            while (answered < answers)
            {
                answered = long.Parse(await writer.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The writer ended by itself."));
            }
        }
        finally
        {
            writer.Kill();
        }

        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            // A line that the kill cut off says less than was answered, never more.
            answered = Math.Max(answered, long.Parse(line));
        }

        await writer.WaitForExitAsync();
        var held = await CommitSeries.Compare(stores, seed, answered);
        output.WriteLine($"{answered} answered, {held} held");
    }

    [Fact]
    public async Task Commits_WhileTheStoreGoesAway_AreThereWholeOrNotAtAll()
    {
        for (var seed = 10; seed < 16; seed++)
        {
            await using var stores = Make();
            await stores.Shards.Acquire(CommitSeries.Shard);
            var (series, shards) = (new CommitSeries(seed), stores.Shards);
            var asked = Enumerable.Range(0, InFlight).Select(_ => TryCommit(shards, series.Next())).ToList();
            await Task.WhenAny(asked[seed % InFlight], asked[^1]);
            await stores.Reopen();
            var outcomes = await Task.WhenAll(asked);
            // Each follows the one before: what was answered is a beginning of the series.
            var answered = outcomes.TakeWhile(o => o == true).Count();
            Assert.DoesNotContain(true, outcomes.Skip(answered));
            await CommitSeries.Compare(stores, seed, answered);
        }
    }

    /// <returns>Null where it is not known.</returns>
    private static async Task<bool?> TryCommit(IShardStore shards, ShardCommit commit)
    {
        try
        {
            return await shards.Commit(commit);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }
}
