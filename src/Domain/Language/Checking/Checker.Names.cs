using Engagement.Domain.Diagnostics;
using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Checking;

/// <summary>What names mean: variables of macros first, then the domain's inputs or the free variables.</summary>
internal sealed partial class Checker
{
    private static readonly Dictionary<string, ClientField> ClientFields =
        Enum.GetValues<ClientField>().ToDictionary(f => char.ToLowerInvariant(f.ToString()[0]) + f.ToString()[1..]);

    private static readonly string[] EventFields = ["type", "time", "data"];

    private CelType CheckName(NameSyntax name)
    {
        if (Local(name) is { } local)
        {
            name.Symbol = new Symbol.Local(local.Slot);
            return local.Type;
        }

        if (free.Contains(name.Name))
        {
            name.Symbol = new Symbol.Free(name.Name);
            return CelType.Dyn;
        }

        if (scope is { Client: true } && name.Name == "now")
        {
            readsNow = true;
            name.Symbol = new Symbol.Now();
            name.NowFactor = 1;
            return CelType.Timestamp;
        }

        Error(name.Span, ErrorCodes.UnknownName, WhyUnknown(name.Name));
        return CelType.Dyn;
    }

    private Localized WhyUnknown(string name)
    {
        if (scope is null)
        {
            return Diagnostic.UnknownName(name, Suggestion.For(name, free));
        }

        if (name is "now" or "client" || scope.Metrics.ContainsKey(name))
        {
            return !scope.Client ? Diagnostic.OnlyEvent(name)
                : name == "client" ? Diagnostic.ClientNeedsField
                : Diagnostic.IsMetric(name);
        }

        if (name == "event")
        {
            return scope.Event ? Diagnostic.EventNeedsField : Diagnostic.NoEventHere;
        }

        return Diagnostic.UnknownName(name, Suggestion.For(name, Names()));
    }

    private IEnumerable<string> Names() =>
        locals.Select(l => l.Name)
            .Concat(scope!.Client ? scope.Metrics.Keys.Append("now").Append("client") : [])
            .Concat(scope.Event ? ["event"] : []);

    private CelType CheckSelect(SelectSyntax select)
    {
        if (Qualified(select) is { } qualified && free.Contains(qualified))
        {
            select.Symbol = new Symbol.Free(qualified);
            return CelType.Dyn;
        }

        if (scope is not null && select.Operand is NameSyntax root && Local(root) is null)
        {
            if (root.Name == "client" && scope.Client)
            {
                return ClientSelect(select);
            }

            if (root.Name == "event" && scope.Event)
            {
                return EventSelect(select);
            }
        }

        var operand = Check(select.Operand);
        if (select.Operand is SelectSyntax { Symbol: Symbol.EventData })
        {
            return DataSelect(select);
        }

        if (operand.IsDyn || (operand.Kind == CelKind.Map && CelType.String.Fits(operand.Key!)))
        {
            return select.Test ? CelType.Bool : operand.Element ?? CelType.Dyn;
        }

        Error(select.FieldSpan, ErrorCodes.Type, Diagnostic.NoKeys(select.Field, operand.Name));
        return select.Test ? CelType.Bool : CelType.Dyn;
    }

    private CelType ClientSelect(SelectSyntax select)
    {
        if (!ClientFields.TryGetValue(select.Field, out var field))
        {
            Error(select.FieldSpan, ErrorCodes.UnknownName, Diagnostic.NoClientField(select.Field, Suggestion.For(select.Field, ClientFields.Keys)));
            return CelType.Dyn;
        }

        fields.Add(select.Field);
        RefuseTest(select, $"client.{select.Field}");
        select.Symbol = new Symbol.Client(field);
        return field switch
        {
            _ when select.Test => CelType.Bool,
            ClientField.Assets => CelType.Double,
            ClientField.Age or ClientField.Risk => CelType.Int,
            ClientField.RiskValid => CelType.Bool,
            ClientField.Opened => CelType.Timestamp,
            ClientField.Tags or ClientField.Consents or ClientField.Contracts => CelType.List(CelType.String),
            ClientField.Holdings => CelType.Map(CelType.String, CelType.Double),
            _ => CelType.String,
        };
    }

    private CelType EventSelect(SelectSyntax select)
    {
        readsEvent = true;
        RefuseTest(select, $"event.{select.Field}");
        select.Symbol = select.Field switch
        {
            "type" => new Symbol.EventType(),
            "time" => new Symbol.EventTime(),
            "data" => new Symbol.EventData(),
            _ => null,
        };
        if (select.Symbol is null)
        {
            Error(select.FieldSpan, ErrorCodes.UnknownName, Diagnostic.NoEventField(select.Field, Suggestion.For(select.Field, EventFields)));
        }

        return select.Symbol switch
        {
            _ when select.Test => CelType.Bool,
            Symbol.EventType => CelType.String,
            Symbol.EventTime => CelType.Timestamp,
            Symbol.EventData => CelType.Map(CelType.String, CelType.Dyn),
            _ => CelType.Dyn,
        };
    }

    /// <summary><c>event.data.NAME</c>: the type of the event tells which there are, and what they are.</summary>
    private CelType DataSelect(SelectSyntax select)
    {
        var type = CelType.Dyn;
        if (scope!.PersonalData.Contains(select.Field))
        {
            Error(select.FieldSpan, ErrorCodes.UnknownName, Diagnostic.PersonalField(select.Field));
        }
        else if (scope.EventData is { } known && !known.TryGetValue(select.Field, out type))
        {
            Error(select.FieldSpan, ErrorCodes.UnknownName, Diagnostic.NoDataField(scope.EventType!, select.Field, Suggestion.For(select.Field, known.Keys)));
        }

        if (!select.Test)
        {
            select.Symbol = new Symbol.EventField(select.Field, type?.Kind);
        }

        return select.Test ? CelType.Bool : type ?? CelType.Dyn;
    }

    private void RefuseTest(SelectSyntax select, string name)
    {
        if (select.Test)
        {
            Error(select.Span, ErrorCodes.Type, Diagnostic.AlwaysThere(name));
        }
    }

    private (string Name, CelType Type, int Slot)? Local(NameSyntax name)
    {
        for (var i = locals.Count - 1; i >= 0 && !name.Rooted; i--)
        {
            if (locals[i].Name == name.Name)
            {
                return locals[i];
            }
        }

        return null;
    }

    /// <summary>The dotted name that a chain of selections spells, unless it begins with the variable of a macro.</summary>
    private string? Qualified(SyntaxNode node) => node switch
    {
        NameSyntax name => Local(name) is null ? name.Name : null,
        SelectSyntax { Quoted: false, Test: false } select => Qualified(select.Operand) is { } head ? $"{head}.{select.Field}" : null,
        _ => null,
    };
}
