using System.Reflection;

namespace Engagement.Storage.Sqlite;

/// <summary>Numbered scripts, each applied once, in order, in a transaction of its own.</summary>
internal static class SqliteMigrations
{
    public static void Apply(SqliteSession session)
    {
        session.Script("create table if not exists migration (id integer primary key)");
        var applied = session.List("select id from migration", r => r.GetInt32(0)).ToHashSet();
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sqlite.sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var number = int.Parse(name.AsSpan(0, 4));
            if (applied.Contains(number))
            {
                continue;
            }

            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            session.Script($"begin immediate;\n{reader.ReadToEnd()}\ninsert into migration values ({number});\ncommit;");
        }
    }
}
