using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests.Points;

/// <summary>Good events with bad ones among them.</summary>
internal sealed record SendWithRefused(IReadOnlyList<SentEvent> Events, int Number) : Step;

/// <summary>Somebody looks at the first open prompt of a desk and takes that back.</summary>
internal sealed record ActAndUndo(string Desk, string Branch, int Number) : Step
{
    /// <summary>Found when it is played first: a repeat is about the same prompt.</summary>
    public string? Prompt { get; set; }
}

/// <summary>Somebody's name and phone are destroyed.</summary>
internal sealed record Erase(string Client) : Step;

/// <summary>A stream made one step at a time beside its model, so that the two can be compared after any of them.</summary>
internal sealed class FaultStream
{
    private const int BatchMax = 25;

    /// <summary>So many clients are taken to and fro until they may not move.</summary>
    private const int Restless = 6;

    /// <summary>Every second client is near the bound of an advisor of his own.</summary>
    private static readonly StreamShape Shape = new(40, 0, 2, 3, 0, 0);

    private readonly SeededRandom _random;
    private readonly EventStream _stream;
    private int _made;
    private int _catalogues;
    private bool _touched;

    public FaultStream(ulong seed)
    {
        Seed = seed;
        _random = new(seed);
        _stream = new(_random, Shape);
        // The engine's day begins in the quiet hours: from here on prompts are raised.
        Begin = new SetClock(Script.Start + (2 * ShanghaiTime.Hour));
        Model.AdvanceTo(Begin.Now);
    }

    public ulong Seed { get; }

    public SetClock Begin { get; }

    public SequentialModel Model { get; } = new(Script.Start, Organisation.Start, Catalogue.Start);

    /// <summary>The next step. Where an event has touched places, that is one of the clock, which lets the engine settle.</summary>
    public Step Next(Cause cause)
    {
        if (_touched)
        {
            _touched = false;
            return Advance(ShanghaiTime.Minute);
        }

        return cause switch
        {
            Cause.Clock when _random.Chance(70) => Advance(_random.Between(1, 4) * 20 * ShanghaiTime.Minute),
            Cause.Publish when _random.Chance(50) => new PublishOrganisation(Model.Organisation),
            Cause.Publish when _random.Chance(50) => PublishNext(),
            Cause.Act when Acting() is { } act => act,
            // Nobody to speak of yet.
            _ when Model.Clients.Count < Restless => Append(_stream),
            Cause.Move when _random.Chance(70) && Crossing() is { } crossing => Append([crossing]),
            Cause.Retry => _random.Chance(5) ? Advance(91 * ShanghaiTime.Day) : Append([Crossing(Model.Clients.ElementAt(_random.Next(Restless)))]),
            Cause.Erase when Erasing() is { } erase => erase,
            Cause.Refused => new SendWithRefused(Append(_stream).Events, ++_made),
            _ => _random.Chance(30) ? Advance(_random.Between(1, 30) * ShanghaiTime.Minute) : Append(_stream),
        };
    }

    private SetClock Advance(long by)
    {
        // Through the night at once: nobody is called in it.
        var to = Model.Now + by;
        to = Model.Catalogue.Policy.ClosedAt(to) ? ShanghaiTime.NextAt(to, (Model.Catalogue.Policy.QuietToHour * 60) + 1) : to;
        Model.AdvanceTo(to);
        return new(to);
    }

    /// <summary>Some of them have metrics that are computed over the log.</summary>
    private PublishCatalogue PublishNext()
    {
        var catalogue = Catalogue.Versions[++_catalogues % Catalogue.Versions.Count];
        Model.Publish(catalogue);
        return new(catalogue);
    }

    private SendBatch Append(EventStream stream)
    {
        List<SentEvent> batch = [];
        var length = _random.Between(1, BatchMax);
        while (batch.Count < length && !_touched)
        {
            var e = stream.Next(Model.Now);
            batch.Add(e);
            _touched = Model.Append(e);
        }

        return new(batch);
    }

    private SendBatch Append(IReadOnlyList<SentEvent> events)
    {
        foreach (var e in events)
        {
            _touched |= Model.Append(e);
        }

        return new(events);
    }

    private ActAndUndo? Acting() => Open()
        .Select(client => new ActAndUndo(client.Desk, Model.Organisation.BranchOf(client.Outlet), ++_made))
        .FirstOrDefault();

    /// <summary>One whose birth date is not known: without it nothing that the model holds changes. A metric with <c>backfill</c> begins here.</summary>
    private Erase? Erasing()
    {
        if (Model.Clients.FirstOrDefault(client => client.Birth is null) is not { } client)
        {
            return null;
        }

        client.Log.Clear();
        return new(client.Id);
    }

    /// <summary>A valuation that gives a client an advisor of his own, or takes him away.</summary>
    private SentEvent? Crossing()
    {
        var open = Open().ToList();
        if (open.Count == 0)
        {
            return null;
        }

        return Crossing(open[_random.Next(open.Count)]);
    }

    private SentEvent Crossing(Client client)
    {
        var data = JsonNode.Parse($$"""{"total":{{(client.Advisor == "" ? 900_000 : 60_000)}}}""")!.AsObject();
        return new("core", $"crossing-{++_made}", "assets.valued", client.Id, Model.Now, ShanghaiTime.Text(Model.Now), data);
    }

    /// <summary>Clients with a prompt that somebody may act on where they are now.</summary>
    private IEnumerable<Client> Open() => Model.Clients.Where(client =>
        (client.Desk.StartsWith("advisor:", StringComparison.Ordinal) || client.Desk.StartsWith("outlet:", StringComparison.Ordinal))
        && client.Prompts.Any(prompt => prompt.Desk == client.Desk && prompt.StateAt(Model.Now) == "open"));
}
