using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;
using Compiled = Engagement.Domain.Campaigns.Catalogue;

namespace Engagement.Grains.Catalogue;

/// <summary>
/// Previews of a silo: the catalogue that was thought of last, compiled once for all shards, and how many shards are read at
/// once, so that those who send events keep a processor.
/// </summary>
public sealed class CandidateCatalogues : IDisposable
{
    private readonly SemaphoreSlim room = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly Lock compiling = new();
    private (string Text, Compiled Catalogue)? last;

    public Compiled Compile(string text, bool json)
    {
        lock (compiling)
        {
            if (last is var (known, catalogue) && known == text)
            {
                return catalogue;
            }

            var compiled = CatalogueDocument.TryRead(text, json ? DocumentFormat.Json : DocumentFormat.Yaml, CandidateDocuments.Version, out var read, out _)
                ? read
                : throw new InvalidOperationException("A catalogue with errors has no preview: whoever asks has checked it.");
            last = (text, compiled);
            return compiled;
        }
    }

    public async Task<IDisposable> Enter(CancellationToken cancellation)
    {
        await room.WaitAsync(cancellation);
        return new Place(room);
    }

    public void Dispose() => room.Dispose();

    private sealed class Place(SemaphoreSlim room) : IDisposable
    {
        public void Dispose() => room.Release();
    }
}
