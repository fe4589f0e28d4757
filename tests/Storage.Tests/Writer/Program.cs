using Engagement.Storage.Tests.Sqlite;

namespace Engagement.Storage.Tests.Writer;

/// <summary>
/// Started as a program this assembly is somebody who commits until he is killed: <c>write sqlite FOLDER SEED</c>. The test
/// runner does not come this way.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["write", "sqlite", var folder, var seed])
        {
            return 2;
        }

        await using var stores = new SqliteStores(folder);
        await CommitSeries.Write(stores, int.Parse(seed), n => Console.Out.WriteLine(n));
        return 0;
    }
}
