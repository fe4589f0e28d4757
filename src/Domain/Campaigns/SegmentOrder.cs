using System.Collections.Immutable;

namespace Engagement.Domain.Campaigns;

/// <summary>Puts segments after those that they ask for, otherwise in the order of the document.</summary>
internal static class SegmentOrder
{
    /// <param name="asks">For each segment the others that it asks for, by place in the document.</param>
    /// <param name="cycles">Each cycle found, its first segment again at the end.</param>
    /// <returns>Places in the document, in order of evaluation.</returns>
    public static ImmutableArray<int> Of(IReadOnlyList<IReadOnlyCollection<int>> asks, out ImmutableArray<ImmutableArray<int>> cycles)
    {
        var order = ImmutableArray.CreateBuilder<int>(asks.Count);
        var found = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var state = new State[asks.Count];
        for (var segment = 0; segment < asks.Count; segment++)
        {
            if (state[segment] == State.New)
            {
                Visit(segment, asks, state, order, found);
            }
        }

        cycles = found.ToImmutable();
        return order.ToImmutable();
    }

    private enum State : byte { New, Open, Done }

    /// <summary>Depth first on a stack of its own: the document decides how long a chain is.</summary>
    private static void Visit(
        int first,
        IReadOnlyList<IReadOnlyCollection<int>> asks,
        State[] state,
        ImmutableArray<int>.Builder order,
        ImmutableArray<ImmutableArray<int>>.Builder cycles)
    {
        var path = new List<int>();
        var rest = new Stack<IEnumerator<int>>();
        Enter(first);
        while (rest.TryPeek(out var next))
        {
            if (!next.MoveNext())
            {
                rest.Pop().Dispose();
                state[path[^1]] = State.Done;
                order.Add(path[^1]);
                path.RemoveAt(path.Count - 1);
            }
            else if (state[next.Current] == State.New)
            {
                Enter(next.Current);
            }
            else if (state[next.Current] == State.Open)
            {
                cycles.Add([.. path.Skip(path.IndexOf(next.Current)), next.Current]);
            }
        }

        void Enter(int segment)
        {
            state[segment] = State.Open;
            path.Add(segment);
            rest.Push(asks[segment].Order().GetEnumerator());
        }
    }
}
