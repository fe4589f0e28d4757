using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

internal abstract record Step;

internal sealed record SendBatch(IReadOnlyList<SentEvent> Events) : Step;

internal sealed record SetClock(long Now) : Step;

internal sealed record PublishOrganisation(Organisation Organisation) : Step;

internal sealed record PublishCatalogue(Catalogue Catalogue) : Step;

internal sealed record ActOnPrompt(PromptAction Action, Answer Expected) : Step;

/// <param name="NearBoundOneIn">One client in so many has assets about the bound of an advisor of his own.</param>
/// <param name="Days">How many days the stream is spread over.</param>
/// <param name="DaysAfter">How long the clock goes on when the stream has ended.</param>
/// <param name="Organisations">How often an organisation is published on the way, where a change with one right answer is found.</param>
internal sealed record StreamShape(int Clients, int Events, int NearBoundOneIn, int Days, int DaysAfter, int Organisations)
{
    /// <summary>Run by a command of its own (CONTRIBUTING.md).</summary>
    public static readonly StreamShape Whole = new(5_000, 200_000, 30, 30, 0, 60);

    /// <summary>A tenth of the events and clients, in a third of the time.</summary>
    public static readonly StreamShape Tenth = new(500, 20_000, 4, 10, 0, 60);

    /// <summary>Few clients who often change desk, and a refused move is tried again after 90 days.</summary>
    public static readonly StreamShape Restless = new(60, 3_000, 1, 3, 91, 12);
}

/// <summary>
/// A stream cut into requests, steps of the clock, publishes and actions, and what the model says it must come to. Places
/// on advisors' desks are granted in the order in which clients ask, so an event that touches them ends its batch and lets
/// the engine settle: only so is there one right answer.
/// </summary>
internal sealed record Script(ulong Seed, IReadOnlyList<Step> Steps, SequentialModel Expected)
{
    /// <summary>
    /// 08:00 in Shanghai on the Friday of the spring festival: the exchange is closed until the 24th. The first of March, a
    /// Sunday, is the birthday of those born on a 29 February.
    /// </summary>
    public static readonly long Start = ShanghaiTime.Parse("2026-02-20T00:00:00Z");

    public static Script From(ulong seed, StreamShape shape) => new ScriptWriter(seed, shape).Write();
}
