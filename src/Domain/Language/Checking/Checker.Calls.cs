using Engagement.Domain.Language.Evaluation;
using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

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
            var accepted = string.Join(" or ", function.Overloads.Select(o => string.Join(", ", o.Parameters.AsEnumerable())));
            Error(call.FunctionSpan, ErrorCodes.Type, $"{call.Function} takes {accepted}, but this is {string.Join(", ", given.AsEnumerable())}.");
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
            Error(call.FunctionSpan, ErrorCodes.Time, $"{call.Function} of now changes too often: now may be asked for year to hour.");
        }
        else if (function?.Field is null || target.Type.Kind != CelKind.Timestamp)
        {
            Plain(target);
        }
    }

    private CelType UnknownFunction(CallSyntax call, CelType[] given)
    {
        var named = Function.Named(call.Function).ToList();
        string message;
        if (named.Count == 0)
        {
            var known = Function.Names.Concat(call.Target is null ? ["inSegment", "has"] : ["all", "exists", "exists_one", "map", "filter"]);
            message = call.Function switch
            {
                "dyn" or "uint" or "bytes" or "type" => $"{call.Function}() is not part of this language.",
                _ => $"The function {call.Function} is not known.{Suggestion.For(call.Function, known)}",
            };
        }
        else if (named.All(f => f.Method == call.Target is null))
        {
            message = named[0].Method ? $"{call.Function} is asked of a value: write x.{call.Function}(…)." : $"{call.Function} stands alone: write {call.Function}(x).";
        }
        else
        {
            message = $"{call.Function} does not take {call.Arguments.Count} {(call.Arguments.Count == 1 ? "argument" : "arguments")}.";
            Error(call.FunctionSpan, ErrorCodes.Type, message);
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
            Error(call.Arguments[^1].Span, ErrorCodes.Regex, $"This is not a regular expression of this language: {problem}.");
        }

        if (scope is null)
        {
            return;
        }

        if (function is { Field: not null, Arity: 2 })
        {
            if (literal is null)
            {
                Error(call.Arguments[0].Span, ErrorCodes.Time, "A time zone must be written out, e.g. \"Asia/Shanghai\".");
            }
            else if (!Zone.TryParse(literal, out _))
            {
                Error(call.Arguments[0].Span, ErrorCodes.Time, $"\"{literal}\" is not a time zone: write a name such as \"Asia/Shanghai\" or an offset such as \"+08:00\".");
            }
        }
        else if (call.Function == "duration" && literal is not null && !Durations.TryParse(literal, out _))
        {
            Error(call.Arguments[0].Span, ErrorCodes.Time, $"\"{literal}\" is not a duration: write hours, minutes, seconds, e.g. \"2160h\" for 90 days, \"1h30m\".");
        }
        else if (call.Function == "timestamp" && literal is not null && !Timestamps.TryParse(literal, out _))
        {
            Error(call.Arguments[0].Span, ErrorCodes.Time, $"\"{literal}\" is not a point in time: write it as \"2026-01-31T09:30:00+08:00\".");
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
            Error(call.FunctionSpan, ErrorCodes.UnknownFunction, $"A metric has no function {call.Function}.{Suggestion.For(call.Function, MetricFunctions)}");
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
                Error(call.Arguments[0].Span, ErrorCodes.Window, $"{call.Function} looks at all time and takes no window: write {name}.{call.Function}().");
            }

            return call.Arguments.Count == 0;
        }

        if (call.Arguments is not [LiteralSyntax { Value.Kind: CelKind.String } literal])
        {
            var at = call.Arguments.Count > 0 ? call.Arguments[0].Span : call.FunctionSpan;
            Error(at, ErrorCodes.Window, $"{call.Function} needs a window, written out, e.g. {name}.{call.Function}(\"30d\").");
            return false;
        }

        if (Window.TryParse(literal.Value.AsString, out window))
        {
            return true;
        }

        Error(literal.Span, ErrorCodes.Window, $"\"{literal.Value.AsString}\" is not a window: write \"1d\" to \"400d\" (calendar days), \"1t\" to \"250t\" (trading days), hours \"1h\" to \"48h\", minutes \"1m\" to \"2880m\", or \"all\".");
        return false;
    }

    private CelType SegmentCall(CallSyntax call)
    {
        if (call.Arguments is not [LiteralSyntax { Value.Kind: CelKind.String } literal])
        {
            Error(call.FunctionSpan, ErrorCodes.Type, "inSegment takes the segment's id, written out, e.g. inSegment(\"dormant\").");
        }
        else if (!scope!.Segments.TryGetValue(literal.Value.AsString, out var segment))
        {
            Error(literal.Span, ErrorCodes.UnknownName, $"There is no segment {literal.Value.AsString}.{Suggestion.For(literal.Value.AsString, scope.Segments.Keys)}");
        }
        else
        {
            segments.Add(segment);
            call.Symbol = new Symbol.Segment(segment);
        }

        return CelType.Bool;
    }
}
