using System.Text;
using Engagement.Contracts.Branches;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Grains.Branches;
using Compiled = Engagement.Domain.Campaigns.Catalogue;

namespace Engagement.Grains.Tests.Branches;

/// <summary>
/// Clients, the branches' places and what is on its way between them, without grains: what may happen next is a list of steps, and a
/// seed chooses. Clients and places are the real ones; a shard of one client each, branches and publishes are told in a few lines.
/// </summary>
internal sealed class PlaceModel : IPublishedDocuments
{
    private const long StepMs = 100 * 86_400_000L; // No move is ever refused.

    private readonly List<OrganisationTree> trees = [OrganisationTree.Empty];
    private readonly Dictionary<string, BranchPlaces> branches;
    private readonly List<Shard> shards;
    private readonly Random random;
    private readonly List<Action> publishing = [];
    private long nowMs = 1_700_000_000_000;

    public PlaceModel(int seed, string[] branchIds, string[] clients)
    {
        random = new(seed);
        branches = branchIds.ToDictionary(b => b, b => new BranchPlaces(b, []));
        shards = [.. clients.Select(c => new Shard(new(new ClientState { Id = c }, PersonalFields.None, this)))];
    }

    public int Newest { get; private set; }

    public int Pending { get; private set; }

    public IEnumerable<AssignmentState> Assignments => shards.Select(s => s.Client.State.Assignment);

    public OrganisationTree InForce => trees[Newest];

    public Compiled Catalogue(int version) => Compiled.Empty;

    public OrganisationTree Organisation(int version) => trees[version];

    /// <summary>One thing that could happen now, happens.</summary>
    /// <param name="late">So do messages that take long.</param>
    /// <returns>False where nothing is on its way.</returns>
    public bool Step(bool late = false)
    {
        List<Action> steps = [];
        if (publishing.Count > 0)
        {
            steps.Add(() =>
            {
                var next = publishing[0];
                publishing.RemoveAt(0);
                next();
            });
        }

        foreach (var shard in shards)
        {
            if (shard.Published.Count > 0)
            {
                steps.Add(() => Apply(shard, shard.Published.Dequeue()));
            }

            // A delivery that waits for the publish would only be tried again.
            steps.AddRange(shard.Lanes.Where(l => l.Value.Messages.Count > 0 && (late || l.Value.FromMs <= nowMs) && !Waits(l.Key, l.Value)).Select(l => (Action)(() => Deliver(shard, l.Key, l.Value))));
        }

        foreach (var (branch, places) in branches.Where(b => Open(b.Value).Count > 0))
        {
            steps.Add(() => Answer(branch, places, all: true));
        }

        if (steps.Count > 0)
        {
            steps[random.Next(steps.Count)]();
        }

        return steps.Count > 0;
    }

    public void Send(int client, string type, string data) => Append(shards[client], RecordKind.Event, type, data);

    public void Publish(string yaml)
    {
        var version = trees.Count;
        Assert.True(OrganisationDocument.TryRead(yaml, DocumentFormat.Yaml, version, out var tree, out var problems), string.Join('\n', problems));
        trees.Add(tree!);
        Pending = version;
        HandOver();
        if (random.Next(3) == 0)
        {
            // Cut off by a crash, and completed.
            publishing.RemoveRange(publishing.Count / 2, publishing.Count - (publishing.Count / 2));
            HandOver();
        }

        publishing.AddRange(shards.Select(s => (Action)(() => s.Published.Enqueue(s.Record(RecordKind.Organisation, "", LogRecord.OrganisationType, $$"""{"version":{{version}}}""", nowMs)))));
        publishing.Add(() => (Newest, Pending) = (version, 0));
        publishing.AddRange(branches.Select(b => (Action)(() =>
        {
            b.Value.Fill(Tree(b.Value));
            Answer(b.Key, b.Value);
        })));
    }

    public bool Publishes => publishing.Count > 0;

    public IEnumerable<Place> Held(string branch) => shards.Select(s => branches[branch].Of(s.Client.State.Id)).OfType<Place>();

    private void HandOver()
    {
        List<Place> leaving = [];
        publishing.AddRange(branches.Values.Select(b => (Action)(() =>
        {
            Tree(b);
            leaving.AddRange(b.Leaving());
        })));
        publishing.AddRange(branches.Select(b => (Action)(() => b.Value.Take([.. leaving.Where(p => trees[Pending].Advisors[p.Advisor!].Branch == b.Key)], Tree(b.Value)))));
    }

    private OrganisationTree Tree(BranchPlaces places)
    {
        places.HandOver(trees[Newest], trees[Pending > 0 ? Pending : Newest]);
        return trees[Newest];
    }

    private bool Waits(string branch, Lane lane)
    {
        var (places, tree) = (branches[branch], Tree(branches[branch]));
        return lane.Messages.Max(m => m.Organisation) > Newest
            || (!places.Elsewhere(lane.Messages, tree).Except(lane.Released).Any() && places.AnyHandedOver(lane.Messages));
    }

    /// <summary>One call of a delivery: the branch takes all, or says what is held elsewhere, and it is released there.</summary>
    private void Deliver(Shard shard, string branch, Lane lane)
    {
        var (places, tree) = (branches[branch], Tree(branches[branch]));
        if (lane.Elsewhere is { } asked)
        {
            lane.Elsewhere = null;
            var there = branches[asked.Branch];
            if (there.AnyElsewhere([asked], Tree(there)) || there.AnyHandedOver([asked]))
            {
                lane.Released.Clear();
                return;
            }

            there.Release(asked, Tree(there));
            lane.Released.Add(asked);
            Answer(asked.Branch, there);
            return;
        }

        if (places.Elsewhere(lane.Messages, tree).Except(lane.Released).FirstOrDefault() is { } elsewhere)
        {
            lane.Elsewhere = elsewhere;
            return;
        }

        // Alone or with what came meanwhile.
        var count = lane.Released.Count > 0 ? lane.Messages.Count : random.Next(lane.Messages.Count) + 1;
        foreach (var message in lane.Messages.Take(count))
        {
            places.On(message, tree);
        }

        lane.Messages.RemoveRange(0, count);
        lane.Released.Clear();
        Answer(branch, places);
    }

    private List<Place> Open(BranchPlaces places) => [.. places.Unconfirmed(Tree(places)), .. places.Untold(Tree(places))];

    private void Answer(string branch, BranchPlaces places, bool all = false)
    {
        foreach (var place in Open(places).Where(_ => all || random.Next(3) > 0))
        {
            var shard = shards.Single(s => s.Client.State.Id == place.Client);
            var (kind, id) = place.Advisor is null ? (RecordKind.Full, $"full:{place.Asked}") : (RecordKind.Granted, $"grant:{place.Asked}");
            if (shard.Answered.Add(id))
            {
                Append(shard, kind, kind == RecordKind.Full ? LogRecord.FullType : LogRecord.GrantedType, $$"""{"branch":"{{branch}}","advisor":"{{place.Advisor}}","asked":{{place.Asked}}}""");
            }

            if (all || random.Next(3) > 0)
            {
                places.Confirm(place);
            }
        }
    }

    private void Append(Shard shard, RecordKind kind, string type, string data)
    {
        while (shard.Published.TryDequeue(out var published))
        {
            Apply(shard, published);
        }

        Apply(shard, shard.Record(kind, shard.Client.State.Id, type, data, nowMs += StepMs));
    }

    private void Apply(Shard shard, LogRecord record)
    {
        foreach (var message in shard.Client.Apply(record).Messages.OfType<PlaceMessage>())
        {
            if (!shard.Lanes.TryGetValue(message.Branch, out var lane))
            {
                shard.Lanes.Add(message.Branch, lane = new());
            }

            if (lane.Messages.Count == 0)
            {
                lane.FromMs = nowMs + (random.Next(2) * random.Next(20) * StepMs);
            }

            lane.Messages.Add(message);
        }
    }

    private sealed class Lane
    {
        public List<PlaceMessage> Messages { get; } = [];

        public List<PlaceElsewhere> Released { get; } = [];

        public PlaceElsewhere? Elsewhere { get; set; }

        public long FromMs { get; set; }
    }

    private sealed class Shard(ClientEngine client)
    {
        private long last;

        public ClientEngine Client { get; } = client;

        public Dictionary<string, Lane> Lanes { get; } = [];

        public Queue<LogRecord> Published { get; } = [];

        public HashSet<string> Answered { get; } = [];

        public LogRecord Record(RecordKind kind, string client, string type, string data, long atMs) =>
            new(++last, kind, client, "test", $"e-{last}", type, atMs, atMs, Encoding.UTF8.GetBytes(data), null);
    }
}
