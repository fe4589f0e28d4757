using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

internal abstract record Step;

internal sealed record SendBatch(IReadOnlyList<SentEvent> Events) : Step;

internal sealed record SetClock(long Now) : Step;

internal sealed record PublishOrganisation(Organisation Organisation) : Step;

/// <param name="NearBoundOneIn">One client in so many has assets about the bound of an advisor of his own.</param>
/// <param name="DaysAfter">How long the clock goes on when the stream has ended.</param>
internal sealed record StreamShape(int Clients, int Events, int NearBoundOneIn, int DaysAfter)
{
    public static readonly StreamShape Broad = new(1_000, 20_000, 14, 0);

    /// <summary>Few clients who often change desk, and a refused move is tried again after 90 days.</summary>
    public static readonly StreamShape Restless = new(60, 3_000, 1, 91);
}

/// <summary>
/// A stream cut into requests and steps of the clock, and what the model says it must come to. Places on advisors' desks
/// are granted in the order in which clients ask, so an event that touches them ends its batch and lets the engine settle:
/// only so is there one right answer.
/// </summary>
internal sealed record Script(ulong Seed, IReadOnlyList<Step> Steps, SequentialModel Expected)
{
    /// <summary>08:00 in Shanghai on a Friday; the Sunday is the birthday of those born on a 29 February.</summary>
    public static readonly long Start = ShanghaiTime.Parse("2026-02-27T00:00:00Z");

    private const int BatchMax = 200;
    private static readonly long End = Start + (3 * ShanghaiTime.Day);

    public static Script From(ulong seed, StreamShape shape)
    {
        var random = new SeededRandom(seed);
        var stream = new EventStream(random, shape);
        var model = new SequentialModel(Start, Organisation.Start);
        var steps = new List<Step>();
        for (var left = shape.Events; left > 0;)
        {
            var (batch, touched) = Batch(stream, model, Math.Min(left, random.Between(1, BatchMax)));
            left -= batch.Count;
            steps.Add(new SendBatch(batch));
            if (touched || random.Chance(50))
            {
                Advance(model, steps, model.Now + Jump(random, (End - model.Now) * BatchMax / 2 / Math.Max(left, BatchMax)));
            }

            if (left < shape.Events / 2 && model.Organisation == Organisation.Start)
            {
                model.Publish(Organisation.WithLeave);
                steps.Add(new PublishOrganisation(Organisation.WithLeave));
            }
        }

        Advance(model, steps, Math.Max(End, model.Now + ShanghaiTime.Minute) + (shape.DaysAfter * ShanghaiTime.Day));
        return new(seed, steps, model);
    }

    private static (List<SentEvent> Events, bool Touched) Batch(EventStream stream, SequentialModel model, int length)
    {
        var batch = new List<SentEvent>();
        var touched = false;
        while (batch.Count < length && !touched)
        {
            var e = stream.Next(model.Now);
            batch.Add(e);
            touched = model.Append(e);
        }

        return (batch, touched);
    }

    private static void Advance(SequentialModel model, List<Step> steps, long to)
    {
        model.AdvanceTo(to);
        steps.Add(new SetClock(to));
    }

    /// <summary>Mostly short steps, some long: <paramref name="mean"/> is what takes the rest of the stream to its end.</summary>
    private static long Jump(SeededRandom random, long mean) => random.Next(10) switch
    {
        < 5 => random.Between(1, 90_000),
        < 9 => random.Between(1, (int)Math.Max(mean, 1) * 2),
        _ => random.Between(1, (int)Math.Max(mean, 1) * 10),
    };
}
