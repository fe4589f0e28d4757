using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

/// <summary>
/// One evaluation: what it reads, and what has come out beside the value. A failure is a text here and not an exception,
/// because <c>&amp;&amp;</c> and <c>||</c> absorb it. Whoever evaluates a child looks at <see cref="HasFailed"/> before going on.
/// </summary>
internal struct Frame(IExpressionInput? input, IReadOnlyDictionary<string, CelValue>? bindings, int locals)
{
    [ThreadStatic]
    private static CelValue[]? variables;

    public readonly IExpressionInput Input = input!;
    public readonly IReadOnlyDictionary<string, CelValue>? Bindings = bindings;

    /// <summary>The variables of the macros under way, by slot. One array a thread is used again and again: one evaluation ends before the next begins.</summary>
    public readonly CelValue[]? Locals = locals > 0 ? variables ??= new CelValue[Limits.Macros] : null;

    /// <summary>When time alone can next change the answer of what was evaluated so far.</summary>
    public long ChangesAtMs = long.MaxValue;

    public string? Error;

    public int Work = Limits.Work;

    public readonly bool HasFailed => Error is not null;

    /// <summary>The evaluation is over: the array of variables outlives it, and shall keep nothing alive.</summary>
    public readonly void End() => Locals.AsSpan().Clear();

    public void ChangesAt(long ms)
    {
        if (ms < ChangesAtMs)
        {
            ChangesAtMs = ms;
        }
    }

    public CelValue Fail(string error)
    {
        Error = error;
        return default;
    }

    /// <summary>False, and the evaluation has failed, where the bound on work is used up.</summary>
    public bool Charge(int units)
    {
        Work -= units;
        return !OutOfWork();
    }

    /// <summary>True, and the evaluation has failed, where the bound on work is used up.</summary>
    public bool OutOfWork()
    {
        if (Work < 0)
        {
            Error = EvaluationErrors.TooMuchWork;
        }

        return Work < 0;
    }
}
