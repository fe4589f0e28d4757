using Engagement.Contracts.Storage;

namespace Engagement.Grains.Tests;

/// <summary>A store whose answers are lost: some commits happen and fail all the same, and some do not happen.</summary>
internal sealed class LossyShardStore(IShardStore store, LossyShardStore.Chance chance) : StoreAround(store)
{
    /// <summary>Shared by the silos, so that one seed makes one run.</summary>
    internal sealed class Chance(int seed)
    {
        private readonly Random random = new(seed);
        private int happened;
        private int lost;

        /// <summary>Set to end the losses.</summary>
        public bool Over { get; set; }

        /// <summary>How many answers were lost of commits that happened, and of those that did not.</summary>
        public (int Happened, int Lost) Losses => (happened, lost);

        public bool LosesBefore() => Draw(10, ref lost);

        public bool LosesAfter() => Draw(15, ref happened);

        private bool Draw(int percent, ref int count)
        {
            lock (random)
            {
                var loses = !Over && random.Next(100) < percent;
                count += loses ? 1 : 0;
                return loses;
            }
        }
    }

    public override async Task<bool> Commit(ShardCommit commit)
    {
        if (chance.LosesBefore())
        {
            throw new StoreUnavailableException("Lost before the commit.", new IOException());
        }

        var committed = await base.Commit(commit);
        return chance.LosesAfter() ? throw new StoreUnavailableException("Lost after the commit.", new IOException()) : committed;
    }
}
