using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>Makes a script, having the model play every step at once: what comes next depends on where the model is.</summary>
internal sealed class ScriptWriter
{
    private const int BatchMax = 200;
    private const int CataloguesInAll = 11;

    /// <summary>A long step of the clock, one in ten days, so that an engine can die in the middle of it.</summary>
    private const long LongClock = 3 * ShanghaiTime.Day;

    private readonly ulong _seed;
    private readonly StreamShape _shape;
    private readonly SeededRandom _random;
    private readonly EventStream _stream;
    private readonly PromptActions _actions;
    private readonly OrganisationChanges _organisations;
    private readonly SequentialModel _model;
    private readonly List<Step> _steps = [];
    private readonly long _end;
    private int _left;
    private int _catalogues;
    private int _organisationsTried;
    private int _longClocks;

    public ScriptWriter(ulong seed, StreamShape shape)
    {
        (_seed, _shape, _left) = (seed, shape, shape.Events);
        _random = new(seed);
        _stream = new(_random, shape);
        _model = new(Script.Start, Organisation.Start, Catalogue.Start);
        _actions = new(_random, _model);
        _organisations = new(_random, _model);
        _end = Script.Start + (shape.Days * ShanghaiTime.Day);
    }

    private int Made => _shape.Events - _left;

    public Script Write()
    {
        while (_left > 0)
        {
            if (SendSome() || _random.Chance(50))
            {
                Advance(Jump((_end - _model.Now) * BatchMax / 2 / Math.Max(_left, BatchMax)));
            }

            Publish();
            if (_random.Chance(32))
            {
                Act();
            }
        }

        if (_actions.SnoozeOfTheEnded() is { } snooze)
        {
            Act(snooze);
        }

        Advance(Math.Max(_end - _model.Now, ShanghaiTime.Minute) + (_shape.DaysAfter * ShanghaiTime.Day));
        return new(_seed, _steps, _model);
    }

    /// <returns>Whether the engine must settle before anything else.</returns>
    private bool SendSome()
    {
        var batch = new List<SentEvent>();
        var length = Math.Min(_left, _random.Between(1, BatchMax));
        var touched = false;
        while (batch.Count < length && !touched)
        {
            var e = _stream.Next(_model.Now);
            batch.Add(e);
            touched = _model.Append(e);
        }

        _left -= batch.Count;
        _steps.Add(new SendBatch(batch));
        return touched;
    }

    private void Publish()
    {
        if (Made >= _shape.Events / (CataloguesInAll + 1) * (_catalogues + 1) && _catalogues < CataloguesInAll)
        {
            var catalogue = Catalogue.Versions[++_catalogues % Catalogue.Versions.Count];
            _model.Publish(catalogue);
            _steps.Add(new PublishCatalogue(catalogue));
        }

        if (Made >= _shape.Events / (_shape.Organisations + 1) * (_organisationsTried + 1) && _organisationsTried < _shape.Organisations)
        {
            _organisationsTried++;
            if (_organisations.Next() is { } organisation)
            {
                // A step of the clock waits for everything to settle: moves of two origins are not mixed.
                Advance(1);
                _model.Publish(organisation);
                _steps.Add(new PublishOrganisation(organisation));
                Advance(1);
            }
        }

        var longClocks = _shape.Days / 10;
        if (Made >= _shape.Events / (longClocks + 1) * (_longClocks + 1) && _longClocks < longClocks && _end - _model.Now > LongClock)
        {
            _longClocks++;
            Advance(LongClock);
        }
    }

    private void Act()
    {
        for (var more = _random.Between(1, 6); more > 0; more--)
        {
            if (_actions.Next() is not { } action)
            {
                return;
            }

            Act(action);
            if (_random.Chance(15))
            {
                Act(action);
            }

            if (action.Action is "dismiss" or "done" ? _random.Chance(70) : _random.Chance(10))
            {
                // What ends a permission or moves the client comes before he takes back what he did.
                var e = _stream.After(action.Client, _model.Now);
                _model.Append(e);
                _steps.Add(new SendBatch([e]));
                Act(_actions.Undo(action));
            }

            if (_random.Chance(60))
            {
                Advance(_random.Between(1, 6_000));
            }
        }
    }

    private void Act(PromptAction action) => _steps.Add(new ActOnPrompt(action, _model.Act(action)));

    private void Advance(long by)
    {
        var until = _model.Now + by;
        // What a mandate's midnight moves settles before anything else: where a prompt expires that is still on its way is not told.
        while (_model.Organisation.NextMandate(_model.Now) is var midnight && midnight < until)
        {
            _model.AdvanceTo(midnight);
            _steps.Add(new SetClock(midnight));
        }

        _model.AdvanceTo(until);
        _steps.Add(new SetClock(until));
    }

    /// <summary>Mostly short steps, some long: <paramref name="mean"/> is what takes the rest of the stream to its end.</summary>
    private long Jump(long mean) => _random.Next(10) switch
    {
        < 5 => _random.Between(1, 90_000),
        < 9 => _random.Between(1, (int)Math.Max(mean, 1) * 2),
        _ => _random.Between(1, (int)Math.Min(Math.Max(mean, 1) * 10, int.MaxValue - 1)),
    };
}
