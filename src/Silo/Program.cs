// A silo on its own needs a database that several processes share; until that storage is there, saying so beats a
// process that looks alive and holds nothing.
await Console.Error.WriteLineAsync("A silo of its own needs ConnectionStrings__Engagement and PostgreSQL, which this version does not have yet. Run './run', which holds silo and gateway in one process.");
return 2;
