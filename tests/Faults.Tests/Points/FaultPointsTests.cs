namespace Engagement.Faults.Tests.Points;

/// <summary>
/// A crash between any two steps loses and doubles nothing: the process dies at each step, is started again, and comes to
/// what the model says. Two classes, so that they run side by side.
/// </summary>
public sealed class FaultPointsOfShardsTests(FaultedEngine engine) : IClassFixture<FaultedEngine>
{
    public static TheoryData<string> Steps() => [.. FaultCase.OfShards.Select(c => c.Step)];

    [Theory]
    [MemberData(nameof(Steps))]
    public Task Engine_KilledAtAStep_LosesAndDoublesNothing(string step) => engine.RunAsync(FaultCase.OfShards.Single(c => c.Step == step));
}

/// <inheritdoc cref="FaultPointsOfShardsTests"/>
public sealed class FaultPointsOfTheRestTests(FaultedEngine engine) : IClassFixture<FaultedEngine>
{
    public static TheoryData<string> Steps() => [.. FaultCase.OfTheRest.Select(c => c.Step)];

    [Theory]
    [MemberData(nameof(Steps))]
    public Task Engine_KilledAtAStep_LosesAndDoublesNothing(string step) => engine.RunAsync(FaultCase.OfTheRest.Single(c => c.Step == step));
}

public sealed class FaultTableTests
{
    [Fact]
    public async Task Table_HoldsEveryStepThatTheEngineDeclares()
    {
        var (code, said) = await Engine.RunAsync("?:1", "serve", "--bare", "--data", "never-made");

        Assert.Equal(2, code);
        var declared = said.Trim().Split("one of the steps ")[1].TrimEnd('.').Split(", ");
        Assert.Equal(declared.Order(), FaultCase.OfShards.Concat(FaultCase.OfTheRest).Select(c => c.Step).Order());
    }

    [Fact]
    public async Task KillAt_WithoutBare_IsRefused()
    {
        var (code, said) = await Engine.RunAsync("shard.taken:1", "serve", "--data", "never-made");

        Assert.Equal(2, code);
        Assert.Contains("--bare", said);
    }
}
