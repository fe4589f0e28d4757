using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Threading.Channels;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Streams;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;
using Engagement.Grains.Catalogue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;
using Orleans.Streams.PubSub;

namespace Engagement.Grains.Streams;

/// <summary>
/// What a silo's shards and desks have committed, on its way to the branches' streams. Those who tell it never wait: what does not
/// fit is dropped and counted, and the next message of every branch says so. While nobody subscribes to any branch nothing is kept.
/// </summary>
internal sealed partial class EngagementFeed(IClusterClient cluster, PublishedDocuments documents, TimeProvider time, ILogger<EngagementFeed> logger) : BackgroundService
{
    private const int WaitingMax = 20_000;
    private const int BatchMax = 500;
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(5);

    private readonly Channel<Committed> waiting = Channel.CreateBounded<Committed>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    /// <summary>By branch: how many changes did not get onto its stream.</summary>
    private readonly ConcurrentDictionary<string, long> notPublished = [];
    private volatile FrozenSet<string> heard = [];
    private OrganisationTree organisation = OrganisationTree.Empty;
    private long lost;

    /// <summary>Of a client where <c>Desk</c> is null, else of a desk. Its branch is found where nobody waits for it.</summary>
    private sealed record Committed(string? Desk, string? Outlet, Func<string, EngagementChange> ChangeOf);

    /// <summary>Clients entered or left segments; it is in the store.</summary>
    public void OnCommitted(IReadOnlyList<ClientEffects> effects)
    {
        if (heard.Count == 0)
        {
            return;
        }

        foreach (var client in effects)
        {
            foreach (var change in client.Memberships)
            {
                Add(new(null, client.Counts.Leaf.Outlet, branch => new SegmentChanged(branch, client.Client, client.Counts.Leaf.Outlet, change.Segment, change.Entered, change.AtMs, client.Position)));
            }
        }
    }

    /// <summary>Prompts changed on a desk; it is in the store.</summary>
    public void OnCommitted(string desk, IReadOnlyList<Prompt> prompts)
    {
        if (heard.Count == 0)
        {
            return;
        }

        foreach (var prompt in prompts)
        {
            Add(new(desk, prompt.Outlet, branch => new PromptChanged(branch, desk, prompt)));
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Look(stoppingToken), Publish(stoppingToken));

    private void Add(Committed committed)
    {
        if (!waiting.Writer.TryWrite(committed))
        {
            Interlocked.Increment(ref lost);
        }
    }

    /// <summary>Keeps up with which branches there are and which of them anybody subscribes to.</summary>
    private async Task Look(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LooksEvery, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                var newest = await cluster.GetGrain<IDocumentGrain>(DocumentKeys.Of(DocumentKind.Organisation)).Newest();
                await documents.Fetch(DocumentKind.Organisation, newest);
                organisation = documents.Organisation(newest);
                var branches = await Task.WhenAll(organisation.Branches.Select(async b => (b.Id, Heard: await IsHeard(b.Id))));
                heard = branches.Where(b => b.Heard).Select(b => b.Id).ToFrozenSet();
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                LogNotLooked(e);
            }
        }
    }

    private async Task<bool> IsHeard(string branch)
    {
        var provider = cluster.GetStreamProvider(StreamNames.Engagement);
        return provider.TryGetStreamSubscriptionManager(out var subscriptions)
            && (await subscriptions.GetSubscriptions(StreamNames.Engagement, StreamOf(branch))).Any();
    }

    private async Task Publish(CancellationToken stopping)
    {
        List<Committed> batch = [];
        while (await waiting.Reader.WaitToReadAsync(stopping))
        {
            batch.Clear();
            while (batch.Count < BatchMax && waiting.Reader.TryRead(out var one))
            {
                batch.Add(one);
            }

            var byBranch = batch.ToLookup(BranchOf);
            var missing = Interlocked.Exchange(ref lost, 0);
            await Task.WhenAll(heard.Where(b => missing > 0 || byBranch.Contains(b)).Select(b => Publish(b, missing + notPublished.GetValueOrDefault(b), [.. byBranch[b].Select(c => c.ChangeOf(b))])));
        }
    }

    private async Task Publish(string branch, long missing, List<EngagementChange> changes)
    {
        var count = changes.Count;
        if (missing > 0)
        {
            changes.Insert(0, new ChangesLost(branch, missing));
        }

        try
        {
            await cluster.GetStreamProvider(StreamNames.Engagement).GetStream<EngagementChange>(StreamOf(branch)).OnNextBatchAsync(changes).WaitAsync(TakenWithin, time);
            notPublished.TryRemove(branch, out _);
        }
        catch (Exception e)
        {
            // Whatever it is: the tables have it, and nobody is held up by those who only listen.
            notPublished[branch] = missing + count;
            LogNotPublished(e, count, branch);
        }
    }

    private string? BranchOf(Committed committed)
    {
        var tree = organisation;
        if (committed.Desk is { } name && DeskId.TryParse(name, out var desk) && desk.Kind is DeskKind.Advisor or DeskKind.Outlet)
        {
            return desk.Kind == DeskKind.Advisor ? tree.Advisors.GetValueOrDefault(desk.Owner)?.Branch : tree.Outlets.GetValueOrDefault(desk.Owner)?.Branch;
        }

        return committed.Outlet is { } outlet ? tree.Outlets.GetValueOrDefault(outlet)?.Branch : null;
    }

    private static StreamId StreamOf(string branch) => StreamId.Create(StreamNames.Engagement, branch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be found out who subscribes to branches; the next second tries again")]
    private partial void LogNotLooked(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} changes did not get onto the stream of branch {Branch}")]
    private partial void LogNotPublished(Exception exception, int count, string branch);
}
