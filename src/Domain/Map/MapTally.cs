using System.Runtime.InteropServices;
using Engagement.Domain.Clients;

namespace Engagement.Domain.Map;

/// <summary>Somebody went from one segment to another; null: from none, or to none.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("segment-move")]
public readonly record struct SegmentMove([property: Orleans.Id(0)] string? From, [property: Orleans.Id(1)] string? To);

/// <summary>
/// Sums by leaf. Tallies of the same span are added in any order and however often they are split; what has become zero stays until it
/// is written, and is left out there.
/// </summary>
public sealed class MapTally
{
    private const byte Format = 1;

    public Dictionary<Leaf, Measures> Leaves { get; } = [];

    public Dictionary<Leaf, Dictionary<SegmentMove, long>> Moves { get; } = [];

    /// <summary>Open prompts by leaf and the instant at which they expire.</summary>
    public Dictionary<(Leaf Leaf, long UntilMs), long> Open { get; } = [];

    public bool IsEmpty => Leaves.Count == 0 && Moves.Count == 0 && Open.Count == 0;

    public void Add(Leaf leaf, in Measures measures)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(Leaves, leaf, out _);
        sum += measures;
    }

    public void Add(Leaf leaf, SegmentMove move, long clients)
    {
        ref var moves = ref CollectionsMarshal.GetValueRefOrAddDefault(Moves, leaf, out _);
        CollectionsMarshal.GetValueRefOrAddDefault(moves ??= [], move, out _) += clients;
    }

    public void AddOpen(Leaf leaf, long untilMs, long prompts) => CollectionsMarshal.GetValueRefOrAddDefault(Open, (leaf, untilMs), out _) += prompts;

    public void Add(MapTally other)
    {
        foreach (var (leaf, measures) in other.Leaves)
        {
            Add(leaf, measures);
        }

        foreach (var (leaf, moves) in other.Moves)
        {
            foreach (var (move, clients) in moves)
            {
                Add(leaf, move, clients);
            }
        }

        foreach (var ((leaf, until), prompts) in other.Open)
        {
            AddOpen(leaf, until, prompts);
        }
    }

    public byte[] Write()
    {
        var writer = new SnapshotWriter();
        writer.Byte(Format);
        writer.Count(Leaves.Values.Count(m => !m.IsZero));
        foreach (var (leaf, measures) in Leaves)
        {
            if (!measures.IsZero)
            {
                Write(ref writer, leaf);
                measures.Write(ref writer);
            }
        }

        writer.Count(Moves.Count);
        foreach (var (leaf, moves) in Moves)
        {
            Write(ref writer, leaf);
            writer.Count(moves.Count);
            foreach (var (move, clients) in moves)
            {
                writer.Text(move.From ?? "");
                writer.Text(move.To ?? "");
                writer.Signed(clients);
            }
        }

        writer.Count(Open.Values.Count(p => p != 0));
        foreach (var ((leaf, until), prompts) in Open)
        {
            if (prompts != 0)
            {
                Write(ref writer, leaf);
                writer.Signed(until);
                writer.Signed(prompts);
            }
        }

        return writer.ToArray();
    }

    /// <summary>Adds what was written.</summary>
    /// <exception cref="InvalidDataException">The bytes are no tally, or one of a later version of the engine.</exception>
    public void Read(ReadOnlySpan<byte> written)
    {
        var reader = new SnapshotReader(written);
        if (reader.Byte() is var format && format != Format)
        {
            throw new InvalidDataException($"A tally has format {format}; this version reads formats up to {Format}.");
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            Add(ReadLeaf(ref reader), Measures.Read(ref reader));
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var leaf = ReadLeaf(ref reader);
            for (var moves = reader.Count(); moves > 0; moves--)
            {
                Add(leaf, new SegmentMove(Named(reader.Text()), Named(reader.Text())), reader.Signed());
            }
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            AddOpen(ReadLeaf(ref reader), reader.Signed(), reader.Signed());
        }
    }

    private static void Write(ref SnapshotWriter writer, Leaf leaf)
    {
        writer.Text(leaf.Outlet);
        writer.Text(leaf.Advisor);
    }

    private static Leaf ReadLeaf(ref SnapshotReader reader) => new(reader.Text(), reader.Text());

    private static string? Named(string text) => text.Length == 0 ? null : text;
}
