using System.Collections.Immutable;

namespace Engagement.Engage.Demo;

/// <summary>What the demo shows at this moment.</summary>
/// <param name="Day">The trading day played, <c>2024-10-08</c>.</param>
/// <param name="Time">The market's time in it, <c>09:31</c>.</param>
/// <param name="Speed">1: a day in three minutes.</param>
/// <param name="Clients">How many have been loaded.</param>
/// <param name="Sent">Events accepted since this start, histories included.</param>
/// <param name="Days">The trading days that are played, one after the other and again from the first.</param>
internal sealed record DemoStatus(string Day, string Time, double Speed, bool Paused, int Clients, long Sent, ImmutableArray<DemoDay> Days);

/// <param name="Index">The market's index at the close of that day.</param>
internal sealed record DemoDay(string Day, decimal Index);

/// <summary>The demo's keys: pause, speed, step. Safe to use from any thread.</summary>
internal sealed class DemoControl
{
    public const double SpeedMin = 0.1;
    public const double SpeedMax = 10;

    /// <summary>Time that the player lost (a busy engine, a laptop asleep) stretches the day instead of being caught up.</summary>
    private static readonly TimeSpan TurnMax = TimeSpan.FromSeconds(1);

    private static readonly ImmutableArray<DemoDay> Days =
        [.. Figures.Default.Days.Zip(Figures.Default.Market.Bars, (day, bar) => new DemoDay($"{day:yyyy-MM-dd}", bar.Close))];

    private readonly Lock _lock = new();
    private double _stepsMs;
    private double _speed = 1;
    private bool _paused;
    private DateOnly _day;
    private TimeOnly _time;
    private int _clients;
    private long _sent;

    public DemoStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new($"{_day:yyyy-MM-dd}", $"{_time:HH:mm}", _speed, _paused, _clients, _sent, Days);
            }
        }
    }

    public void Pause()
    {
        lock (_lock)
        {
            _paused = true;
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            (_paused, _stepsMs) = (false, 0);
        }
    }

    /// <param name="speed">Taken to the nearest of <see cref="SpeedMin"/> to <see cref="SpeedMax"/>.</param>
    public void Speed(double speed)
    {
        lock (_lock)
        {
            _speed = Math.Clamp(speed, SpeedMin, SpeedMax);
        }
    }

    /// <summary>Pauses, and plays on by about a minute of the market.</summary>
    public void Step()
    {
        lock (_lock)
        {
            _paused = true;
            _stepsMs += MarketClock.StepMs;
        }
    }

    /// <summary>How far to play on.</summary>
    /// <param name="elapsed">Since the last turn, by the wall clock.</param>
    /// <returns>Milliseconds of the played day.</returns>
    public double Turn(TimeSpan elapsed)
    {
        lock (_lock)
        {
            if (!_paused)
            {
                return Math.Min(elapsed.TotalMilliseconds, TurnMax.TotalMilliseconds) * _speed;
            }

            var steps = _stepsMs;
            _stepsMs = 0;
            return steps;
        }
    }

    public void Showing(DateOnly day, TimeOnly time)
    {
        lock (_lock)
        {
            (_day, _time) = (day, time);
        }
    }

    public void Accepted(int events)
    {
        lock (_lock)
        {
            _sent += events;
        }
    }

    public void Loaded(int clients)
    {
        lock (_lock)
        {
            _clients = clients;
        }
    }
}
