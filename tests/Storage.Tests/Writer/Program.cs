using Engagement.Storage.Tests.Postgres;
using Engagement.Storage.Tests.Sqlite;

namespace Engagement.Storage.Tests.Writer;

/// <summary>
/// Started as a program this assembly is somebody who commits until he is killed: <c>write sqlite FOLDER SEED</c>, <c>write postgres CONNECTION SEED</c>. The test
/// runner does not come this way.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["write", var kind, var where, var seed])
        {
            return 2;
        }

        await using IStores stores = kind == "sqlite" ? new SqliteStores(where) : new PostgresStores(where);
        await CommitSeries.Write(stores, int.Parse(seed), n => Console.Out.WriteLine(n));
        return 0;
    }
}
