using System.Text;
using CsCheck;
using Engagement.Domain.Clients;
using Engagement.Engage.Import;

namespace Engagement.Engage.Tests.Import;

public sealed class EventBatchesTests
{
    private static string[] Lines(EventBatch batch) => Encoding.UTF8.GetString(batch.Body.Span).TrimEnd('\n').Split('\n');

    private static EventBatches Over(byte[] file, int eventsMax, long offset = 0, long line = 0)
    {
        var lines = new LineReader(new MemoryStream(file));
        Assert.True(lines.Skip(offset));
        return new(lines, line, eventsMax);
    }

    [Fact]
    public void Batches_FromAnyPlaceThatOneEndedAt_HoldTheRestOfTheFile() =>
        Gen.Select(Gen.OneOf(Gen.Const(""), Gen.Int[0, 9].Select(c => ImportFiles.Event($"c-{c}", 1)), Gen.Const("{"), Gen.Const("  \r")).Array[0, 60], Gen.Int[1, 9], Gen.Bool)
            .Sample((lines, eventsMax, ended) =>
            {
                var file = Encoding.UTF8.GetBytes(string.Join('\n', lines) + (ended ? "\n" : ""));
                var expected = lines.Index().Where(l => l.Item.Trim().Length > 0).Select(l => ((long)l.Index + 1, l.Item)).ToList();
                List<(long, string)> read = [];
                for (var batches = Over(file, eventsMax); batches.Next() is { } batch; batches = Over(file, eventsMax, batch.Offset, batch.Line))
                {
                    Assert.InRange(batch.Lines.Count, 1, eventsMax);
                    read.AddRange(batch.Lines.Zip(Lines(batch)));
                }

                Assert.Equal(expected, read);
            }, iter: 500, seed: "0000KOIPDXs4");

    [Fact]
    public void Batch_WithManyEventsOfOneClient_EndsAtThe128th()
    {
        var lines = Enumerable.Range(0, 300).Select(i => ImportFiles.Event("c-1", i)).Append(ImportFiles.Event("c-2", 300));
        var batches = Over(Encoding.UTF8.GetBytes(string.Join('\n', lines)), 10_000);
        Assert.Equal([128, 128, 45, 0], Enumerable.Range(0, 4).Select(_ => batches.Next()?.Lines.Count ?? 0));
    }

    [Fact]
    public void Subject_OfAnInnerObject_IsNotTheClients()
    {
        var lines = Enumerable.Range(0, 200).Select(i => $$$"""{"data":{"subject":"same"},"subject":"c-{{{i}}}"}""");
        Assert.Equal(200, Over(Encoding.UTF8.GetBytes(string.Join('\n', lines)), 10_000).Next()!.Lines.Count);
    }

    [Fact]
    public void Line_LargerThanAnEventMayBe_IsCutJustBeyondIt()
    {
        var file = Encoding.UTF8.GetBytes(new string('x', 200_000) + "\nnext\n");
        var lines = Lines(Over(file, 10).Next()!);
        Assert.Equal((EventReader.EventBytesMax + 1, "next"), (lines[0].Length, lines[1]));
    }
}
