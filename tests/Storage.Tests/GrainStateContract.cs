namespace Engagement.Storage.Tests;

/// <summary>What every database must keep of grain state: the catalogue's and the organisation's versions, and the clock.</summary>
public abstract class GrainStateContract
{
    protected abstract IStores Make();

    [Theory]
    [InlineData(2, 50)]
    [InlineData(8, 15)]
    public async Task Write_FirstOfManyAtOnce_TakesOne(int writers, int keys)
    {
        await using var stores = Make();
        for (var key = 0; key < keys; key++)
        {
            Assert.Equal(1, await Race(stores, key, writers, null));
        }
    }

    [Fact]
    public async Task Write_AtOneVersionByMany_TakesOne()
    {
        await using var stores = Make();
        Assert.Equal(1, stores.GrainState.Write(1, null, [0]));
        for (var version = 1; version < 20; version++)
        {
            Assert.Equal(version + 1, await Race(stores, 1, 4, version));
        }
    }

    [Fact]
    public async Task Write_AtAVersion_TakesOnlyTheNewest()
    {
        await using var stores = Make();
        var state = stores.GrainState;
        Assert.Null(state.Write(1, 1, [9]));
        Assert.Null(state.Read(1));
        Assert.Equal(1, state.Write(1, null, [1]));
        Assert.Equal(2, state.Write(1, 1, [2]));
        Assert.Null(state.Write(1, 1, [3]));
        Assert.Null(state.Write(1, null, [4]));
        Assert.Equal((2, 2), (state.Read(1)!.Value.Payload![0], state.Read(1)!.Value.Version));
        // A key with an extension is another key.
        Assert.Equal(1, state.Write(1, null, [5], "extension"));
    }

    [Fact]
    public async Task Clear_ThenWrite_GoesOnFromItsVersion()
    {
        await using var stores = Make();
        var state = stores.GrainState;
        Assert.Equal(1, state.Write(1, null, [1]));
        Assert.Null(state.Clear(1, 7));
        Assert.Equal(2, state.Clear(1, 1));
        Assert.Null(state.Read(1)!.Value.Payload);
        Assert.Equal(3, state.Write(1, 2, [3]));
    }

    /// <returns>The version of the one write that was taken, which is the one that is read.</returns>
    private static async Task<int?> Race(IStores stores, int key, int writers, int? version)
    {
        using var together = new Barrier(writers);
        var written = await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return stores.GrainState.Write(key, version, [(byte)w]);
            },
            TaskCreationOptions.LongRunning)));
        var winner = Assert.Single(written.Index(), v => v.Item is not null);
        Assert.Equal((byte)winner.Index, stores.GrainState.Read(key)?.Payload?[0]);
        return winner.Item;
    }
}
