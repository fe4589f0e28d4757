// See src/Silo/Program.cs.
await Console.Error.WriteLineAsync("A gateway of its own needs ConnectionStrings__Engagement and PostgreSQL, which this version does not have yet. Run './run', which holds silo and gateway in one process.");
return 2;
