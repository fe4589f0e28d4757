using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Compiled = Engagement.Domain.Campaigns.Catalogue;

namespace Engagement.Grains.Catalogue;

/// <summary>
/// Previews of a silo: the documents that were thought of last, each read once for all shards, and how many shards are read at
/// once: one for each processor, and each lets others have it every millisecond.
/// </summary>
public sealed class Candidates : IDisposable
{
    private readonly SemaphoreSlim room = new(Environment.ProcessorCount);
    private readonly Lock reading = new();
    private (string Text, Compiled Catalogue)? lastCatalogue;
    private (string Text, OrganisationTree Organisation)? lastOrganisation;

    public Compiled Catalogue(string text, bool json) =>
        Read(ref lastCatalogue, text, () => CatalogueDocument.TryRead(text, Format(json), CandidateDocuments.Version, out var read, out _) ? read : null);

    public OrganisationTree Organisation(string text, bool json) =>
        Read(ref lastOrganisation, text, () => OrganisationDocument.TryRead(text, Format(json), CandidateDocuments.Version, out var read, out _) ? read : null);

    private T Read<T>(ref (string Text, T Document)? last, string text, Func<T?> read)
        where T : class
    {
        lock (reading)
        {
            if (last is var (known, document) && known == text)
            {
                return document;
            }

            document = read() ?? throw new InvalidOperationException("A document with errors has no preview: whoever asks has checked it.");
            last = (text, document);
            return document;
        }
    }

    private static DocumentFormat Format(bool json) => json ? DocumentFormat.Json : DocumentFormat.Yaml;

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
