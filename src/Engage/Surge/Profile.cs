using Engagement.Domain.Clients;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Engagement.Engage.Surge;

/// <summary>What is sent: events a second by type, and when that changes.</summary>
internal sealed class Profile
{
    private const int SecondsMax = 4 * 3_600;
    private const double RateMax = 900_000;
    private static readonly string[] Shipped = ["surge", "opening-half-hour"];
    private static readonly string[] Types = [EventTypes.AccountOpened, EventTypes.TradeExecuted, EventTypes.AppActive, EventTypes.CashMoved];

    public int Seconds { get; set; }

    /// <summary>Clients who are there before it begins; trades, visits and moves are theirs.</summary>
    public int Clients { get; set; } = 1_000;

    public int Seed { get; set; } = 1;

    public Dictionary<string, double> Rates { get; set; } = [];

    public List<Change> Changes { get; set; } = [];

    /// <param name="name">A file, or the name of a profile that is built in.</param>
    public static Profile Read(string name)
    {
        try
        {
            var text = Shipped.Contains(name) ? Resource.Text($"Surge.{name}.yaml") : File.ReadAllText(name);
            var profile = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<Profile?>(text) ?? new();
            return profile.Problem() is { } problem ? throw new CommandException($"--profile: {problem}.") : profile;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or YamlException)
        {
            throw new CommandException($"--profile: {e.GetBaseException().Message}");
        }
    }

    /// <summary>Events a second of a type in a second of the run.</summary>
    public double Rate(string type, int second) =>
        Rates.GetValueOrDefault(type) * Changes.Where(c => (c.Types.Count == 0 || c.Types.Contains(type)) && c.Holds(second)).Aggregate(1.0, (times, c) => times * c.Times);

    private string? Problem() =>
        Seconds is < 1 or > SecondsMax ? $"seconds must be 1 to {SecondsMax}"
        : Clients is < 1 or > 1_000_000 ? "clients must be 1 to 1000000"
        : Rates is null or { Count: 0 } ? "rates is missing"
        : Changes is null || Changes.Any(c => c?.Types is null) ? "changes, an entry of it, or its types, is empty"
        : Rates.Keys.Concat(Changes.SelectMany(c => c.Types)).FirstOrDefault(t => !Types.Contains(t)) is { } type ? $"'{type}' is none of {string.Join(", ", Types)}"
        : !Rates.Values.All(r => r >= 0) ? "a rate must not be below 0"
        : !Changes.All(c => c is { From: >= 0, Seconds: > 0, Times: >= 0 and <= 1_000 } && (c.Every == 0 || c.Every >= c.Seconds)) ? "a change is { from, seconds, times, every?, types? }, every not below seconds"
        : Enumerable.Range(0, Seconds).Any(s => Rates.Keys.Sum(t => Rate(t, s)) > RateMax) ? $"all rates together must be at most {RateMax}"
        : null;

    /// <summary>From a second on, for so many, and again every so many where said: the rate is multiplied.</summary>
    public sealed class Change
    {
        public int From { get; set; }

        public int Seconds { get; set; }

        public int Every { get; set; }

        public double Times { get; set; } = 1;

        /// <summary>None: all of them.</summary>
        public List<string> Types { get; set; } = [];

        public bool Holds(int second) => second >= From && (Every == 0 ? second - From : (second - From) % Every) < Seconds;
    }
}
