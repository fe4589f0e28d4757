using Engagement.Faults.Tests.Model;
using Xunit.Abstractions;

namespace Engagement.Faults.Tests;

/// <summary>Ten deaths by <c>kill -9</c>: between requests, with a request in flight, and in the middle of a step of the clock over days.</summary>
internal sealed class Kills
{
    private static readonly TimeSpan CompletedWithin = TimeSpan.FromMinutes(5);

    private readonly SeededRandom _random;
    private readonly IReadOnlyList<Step> _steps;
    private readonly HashSet<int> _between = [];
    private readonly HashSet<int> _inFlight = [];
    private readonly HashSet<int> _underTheClock;

    public Kills(Script script)
    {
        _random = new(script.Seed);
        _steps = script.Steps;
        _underTheClock = [.. LongSteps().Take(3)];
        Choose(_between, _ => true);
        Choose(_between, _ => true);
        Choose(_inFlight, step => step is SendBatch);
        Choose(_inFlight, step => step is SendBatch);
        Choose(_inFlight, step => step is PublishCatalogue);
        Choose(_inFlight, step => step is PublishOrganisation);
        Choose(_inFlight, step => step is ActOnPrompt);
    }

    /// <summary>How often a step of the clock was on its way when the process died.</summary>
    private int InTheMiddleOfTheClock { get; set; }

    public void AssertMet(ITestOutputHelper output)
    {
        output.WriteLine($"{InTheMiddleOfTheClock} deaths in the middle of a step of the clock");
        Assert.Equal(10, _between.Count + _inFlight.Count + _underTheClock.Count);
        Assert.True(InTheMiddleOfTheClock > 0, "No step of the clock was met in the middle.");
    }

    public async Task PlayAsync(Player player, Engine engine, Step step, int index)
    {
        if (_underTheClock.Contains(index))
        {
            await KillUnderTheClock(player, engine, (SetClock)step);
        }
        else if (_between.Contains(index) || _inFlight.Contains(index))
        {
            var inFlight = _between.Contains(index) ? Task.CompletedTask : player.TryPlayAsync(step);

            // Not a wait for anything: it chooses where in the request the process dies.
            await Task.Delay(_random.Next(40));
            await engine.KillAsync();
            await inFlight;
            await engine.RestartAsync();
        }

        await player.PlayAsync(step);
    }

    /// <summary>A clock that is on its way, as the records show that fell due, goes on by itself when the engine is there again.</summary>
    private async Task KillUnderTheClock(Player player, Engine engine, SetClock step)
    {
        await player.SettleAsync();
        var before = await player.ReadAppendedAsync();
        var inFlight = player.TryPlayAsync(step);
        while (!inFlight.IsCompleted && await player.ReadAppendedAsync() == before)
        {
            // Asked again: each answer takes a moment.
        }

        var inTheMiddle = !inFlight.IsCompleted;
        await engine.KillAsync();
        await inFlight;
        await engine.RestartAsync();
        if (inTheMiddle)
        {
            InTheMiddleOfTheClock++;
            using var limit = new CancellationTokenSource(CompletedWithin);
            while (await player.ReadClockAsync() < step.Now)
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }

    /// <summary>Steps of the clock, the longest first.</summary>
    private IEnumerable<int> LongSteps()
    {
        var now = Script.Start;
        var lengths = new List<(long Length, int Index)>();
        for (var index = 0; index < _steps.Count; index++)
        {
            if (_steps[index] is SetClock clock)
            {
                lengths.Add((clock.Now - now, index));
                now = clock.Now;
            }
        }

        return lengths.OrderByDescending(step => step.Length).Select(step => step.Index);
    }

    /// <summary>One more, somewhere, where the step is of the kind wanted.</summary>
    private void Choose(HashSet<int> among, Func<Step, bool> wanted)
    {
        var from = _random.Next(_steps.Count);
        among.Add(Enumerable.Range(from, _steps.Count)
            .Select(index => index % _steps.Count)
            .First(index => wanted(_steps[index]) && !_underTheClock.Contains(index) && !_between.Contains(index) && !_inFlight.Contains(index)));
    }
}
