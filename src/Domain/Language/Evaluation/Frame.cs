using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

/// <summary>
/// One evaluation: what it reads, and what has come out beside the value. A failure is a text here and not an exception,
/// because <c>&amp;&amp;</c> and <c>||</c> absorb it. Whoever evaluates a child looks at <see cref="HasFailed"/> before going on.
/// </summary>
internal struct Frame(IExpressionInput? input, IReadOnlyDictionary<string, CelValue>? bindings, int locals)
{
    public readonly IExpressionInput Input = input!;
    public readonly IReadOnlyDictionary<string, CelValue>? Bindings = bindings;

    /// <summary>The variables of the macros under way, by slot.</summary>
    public readonly CelValue[]? Locals = locals > 0 ? new CelValue[locals] : null;

    /// <summary>When time alone can next change the answer of what was evaluated so far.</summary>
    public long ChangesAtMs = long.MaxValue;

    public string? Error;

    public int Work = Limits.Work;

    public readonly bool HasFailed => Error is not null;

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
            Error = CelArithmetic.TooMuchWork;
        }

        return Work < 0;
    }
}
