using Engagement.Domain.Diagnostics;
using Engagement.Domain.Language.Evaluation;
using Engagement.Domain.Language.Patterns;
using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Checking;

/// <summary>Calls: the language's functions, metrics, <c>inSegment</c>.</summary>
internal sealed partial class Checker
{
    private static readonly string[] MetricFunctions = ["count", "sum", "max", "within", "ever", "last"];

    private CelType CheckCall(CallSyntax call)
    {
        if (scope is { Client: true })
        {
            if (call.Target is not null && Qualified(call.Target) is { } name && scope.Metrics.TryGetValue(name, out var metric))
            {
                return MetricCall(call, name, metric);
            }

            if (call.Target is null && call.Function == "inSegment")
            {
                return SegmentCall(call);
            }
        }

        var target = call.Target is null ? null : CheckTimed(call.Target);
        foreach (var argument in call.Arguments)
        {
            Check(argument);
        }

        CelType[] given = target is null ? [.. call.Arguments.Select(a => a.Type)] : [target, .. call.Arguments.Select(a => a.Type)];
        var function = Function.Find(call.Function, target is not null, given.Length);
        CheckNow(call, function);
        if (function is null)
        {
            // Whoever misspells a metric gets one error, not one for its function too.
            var reported = call.Target is NameSyntax { Symbol: null } && MetricFunctions.Contains(call.Function);
            return reported ? CelType.Dyn : UnknownFunction(call, given);
        }

        var fitting = function.Overloads.Where(o => o.Parameters.Zip(given).All(p => p.First.Fits(p.Second))).ToList();
        if (fitting.Count == 0)
        {
            var accepted = function.Overloads.Select(o => o.Parameters.Select(p => p.Name));
            Error(call.FunctionSpan, ErrorCodes.Type, Diagnostic.WrongArguments(call.Function, accepted, [.. given.Select(g => g.Name)]));
        }

        CheckLiterals(call, function);
        return function.Overloads[0].Result;
    }

    /// <summary><c>now</c> may be asked for year to hour: what changes every minute would wake every client every minute.</summary>
    private void CheckNow(CallSyntax call, Function? function)
    {
        if (call.Target is not { NowFactor: not 0 } target)
        {
            return;
        }

        if (function is { Field: TimeField.Minutes or TimeField.Seconds or TimeField.Milliseconds })
        {
            Error(call.FunctionSpan, ErrorCodes.Time, Diagnostic.TooOften(call.Function));
        }
        else if (function?.Field is null || target.Type.Kind != CelKind.Timestamp)
        {
            Plain(target);
        }
    }

    private CelType UnknownFunction(CallSyntax call, CelType[] given)
    {
        var named = Function.Named(call.Function).ToList();
        Localized message;
        if (named.Count == 0)
        {
            var known = Function.Names.Concat(call.Target is null ? ["inSegment", "has"] : ["all", "exists", "exists_one", "map", "filter"]);
            message = call.Function switch
            {
                "dyn" or "uint" or "bytes" or "type" => Diagnostic.NotInLanguage(call.Function),
                _ => Diagnostic.UnknownFunction(call.Function, Suggestion.For(call.Function, known)),
            };
        }
        else if (named.All(f => f.Method == call.Target is null))
        {
            message = named[0].Method ? Diagnostic.AskOfValue(call.Function) : Diagnostic.StandsAlone(call.Function);
        }
        else
        {
            Error(call.FunctionSpan, ErrorCodes.Type, Diagnostic.WrongCount(call.Function, call.Arguments.Count));
            return CelType.Dyn;
        }

        Error(call.FunctionSpan, ErrorCodes.UnknownFunction, message);
        return CelType.Dyn;
    }

    /// <summary>Patterns, zones, durations and times that are literals are read now, so that a slip is found at publish.</summary>
    private void CheckLiterals(CallSyntax call, Function function)
    {
        var literal = call.Arguments is [.., LiteralSyntax { Value.Kind: CelKind.String } last] ? last.Value.AsString : null;
        if (call.Function == "matches" && literal is not null && !LinearRegex.TryParse(literal, out _, out var problem))
        {
            Error(call.Arguments[^1].Span, ErrorCodes.Regex, Diagnostic.BadPattern(problem));
        }

        if (scope is null)
        {
            return;
        }

        if (function is { Field: not null, Arity: 2 })
        {
            if (literal is null)
            {
                Error(call.Arguments[0].Span, ErrorCodes.Time, Diagnostic.ZoneWrittenOut);
            }
            else if (!Zone.TryParse(literal, out _))
            {
                Error(call.Arguments[0].Span, ErrorCodes.Time, Diagnostic.NoZone(literal));
            }
        }
        else if (call.Function == "duration" && literal is not null && !Durations.TryParse(literal, out _))
        {
            Error(call.Arguments[0].Span, ErrorCodes.Time, Diagnostic.NoDuration(literal));
        }
        else if (call.Function == "timestamp" && literal is not null && !Timestamps.TryParse(literal, out _))
        {
            Error(call.Arguments[0].Span, ErrorCodes.Time, Diagnostic.NoInstant(literal));
        }
    }

    private CelType MetricCall(CallSyntax call, string name, int metric)
    {
        metrics.Add(metric);
        MetricFunction? function = call.Function switch
        {
            "count" => MetricFunction.Count,
            "sum" => MetricFunction.Sum,
            "max" => MetricFunction.Max,
            "within" => MetricFunction.Within,
            "ever" => MetricFunction.Ever,
            "last" => MetricFunction.Last,
            _ => null,
        };
        if (function is null)
        {
            Error(call.FunctionSpan, ErrorCodes.UnknownFunction, Diagnostic.NoMetricFunction(call.Function, Suggestion.For(call.Function, MetricFunctions)));
            return CelType.Dyn;
        }

        if (TryWindow(call, name, function.Value, out var window))
        {
            call.Symbol = new Symbol.Metric(metric, function.Value, window);
        }

        return function switch
        {
            MetricFunction.Count => CelType.Int,
            MetricFunction.Sum or MetricFunction.Max => CelType.Double,
            MetricFunction.Last => CelType.Timestamp,
            _ => CelType.Bool,
        };
    }

    private bool TryWindow(CallSyntax call, string name, MetricFunction function, out Window window)
    {
        window = Window.All;
        if (function is MetricFunction.Ever or MetricFunction.Last)
        {
            if (call.Arguments.Count > 0)
            {
                Error(call.Arguments[0].Span, ErrorCodes.Window, Diagnostic.TakesNoWindow(name, call.Function));
            }

            return call.Arguments.Count == 0;
        }

        if (call.Arguments is not [LiteralSyntax { Value.Kind: CelKind.String } literal])
        {
            var at = call.Arguments.Count > 0 ? call.Arguments[0].Span : call.FunctionSpan;
            Error(at, ErrorCodes.Window, Diagnostic.NeedsWindow(name, call.Function));
            return false;
        }

        if (Window.TryParse(literal.Value.AsString, out window))
        {
            return true;
        }

        Error(literal.Span, ErrorCodes.Window, Diagnostic.NoWindow(literal.Value.AsString));
        return false;
    }

    private CelType SegmentCall(CallSyntax call)
    {
        if (call.Arguments is not [LiteralSyntax { Value.Kind: CelKind.String } literal])
        {
            Error(call.FunctionSpan, ErrorCodes.Type, Diagnostic.SegmentWrittenOut);
        }
        else if (!scope!.Segments.TryGetValue(literal.Value.AsString, out var segment))
        {
            Error(literal.Span, ErrorCodes.UnknownName, Diagnostic.NoSegment(literal.Value.AsString, Suggestion.For(literal.Value.AsString, scope.Segments.Keys)));
        }
        else
        {
            segments.Add(segment);
            call.Symbol = new Symbol.Segment(segment);
        }

        return CelType.Bool;
    }
}
