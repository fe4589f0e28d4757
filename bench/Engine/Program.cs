using System.CommandLine;
using System.Globalization;
using Engagement.Bench.Engine;
using Engagement.Bench.Engine.Cluster;

var seconds = new Option<int>("--seconds") { Description = "How long events are sent.", DefaultValueFactory = _ => 30 };
var warmUp = new Option<int>("--warm-up") { Description = "Seconds of the same before that.", DefaultValueFactory = _ => 10 };
var clients = new Option<int>("--clients") { Description = "Warm clients.", DefaultValueFactory = _ => 20_000 };
var connections = new Option<int>("--connections") { Description = "Connections that send at once.", DefaultValueFactory = _ => 8 };
var batch = new Option<int>("--batch") { Description = "Events a request.", DefaultValueFactory = _ => 1_000 };
var rawRows = new Option<int>("--raw-rows") { Description = "Rows of each raw insert.", DefaultValueFactory = _ => 200_000 };
var calls = new Option<int>("--calls") { Description = "Grain calls that do nothing.", DefaultValueFactory = _ => 2_000_000 };
var root = new RootCommand("The engine from HTTP to committed effects, beside its two ceilings: a grain call, and a raw insert of the same rows.")
{
    seconds, warmUp, clients, connections, batch, rawRows, calls,
};
root.SetAction(async (parsed, _) =>
{
    await Compare(new(
        parsed.GetValue(seconds), parsed.GetValue(warmUp), parsed.GetValue(clients), parsed.GetValue(connections), parsed.GetValue(batch), parsed.GetValue(rawRows), parsed.GetValue(calls)));
    return 0;
});
var million = new Option<int>("--clients") { Description = "Resident clients.", DefaultValueFactory = _ => 1_000_000 };
var filled = new Option<string?>("--data") { Description = "Folder to keep the clients in for another run. Default: one that goes at the end." };
var awake = new Option<int>("--awake") { Description = "How many of them are kept awake (AwakeMax).", DefaultValueFactory = _ => 50_000 };
var resident = new Command("resident", "Memory of clients who are awake, with 50 events of history each.") { million, awake, filled };
resident.SetAction(async (parsed, _) =>
{
    await ResidentRun.Run(parsed.GetValue(million), parsed.GetValue(awake), parsed.GetValue(filled), TimeProvider.System);
    return 0;
});
root.Add(resident);
var sleepers = new Option<int>("--clients") { Description = "Clients asleep in the file.", DefaultValueFactory = _ => 1_000_000 };
var senders = new Option<int>("--connections") { Description = "Connections that send while a catalogue rolls out.", DefaultValueFactory = _ => 2 };
var rollOver = new Command("roll-over", "A new segment over clients who sleep: its preview, and the roll-over.") { sleepers, senders, filled };
rollOver.SetAction(async (parsed, _) =>
{
    await RollOverRun.Run(parsed.GetValue(sleepers), parsed.GetValue(senders), parsed.GetValue(filled), TimeProvider.System);
    return 0;
});
root.Add(rollOver);
var withoutAkka = new Option<bool>("--without-akka") { Description = "Leaves the Akka.NET peer out." };
var cluster = new Command("cluster", "The contract's table on PostgreSQL: ceilings, peers, silos and gateway as processes, and event to screen.")
{
    seconds, warmUp, clients, connections, batch, calls, withoutAkka,
};
cluster.SetAction(async (parsed, _) =>
{
    await HowFast.Run(
        new(parsed.GetValue(seconds), parsed.GetValue(warmUp), parsed.GetValue(clients), parsed.GetValue(connections), parsed.GetValue(batch), 0, parsed.GetValue(calls)),
        !parsed.GetValue(withoutAkka), TimeProvider.System);
    return 0;
});
root.Add(cluster);
var store = new Command("store", "The engine's store on PostgreSQL without the engine, beside COPY.") { seconds, warmUp, clients, batch };
store.SetAction(async (parsed, _) =>
{
    await HowFast.Store(new(parsed.GetValue(seconds), parsed.GetValue(warmUp), parsed.GetValue(clients), 0, parsed.GetValue(batch), 0, 0), TimeProvider.System);
    return 0;
});
root.Add(store);
var shards = new Option<int?>("--shards") { Description = "Shards. Default: as many as a silo has by itself." };
var one = new Command("one", "The engine with one silo on PostgreSQL, and event to screen, beside COPY.") { seconds, warmUp, clients, connections, batch, shards };
one.SetAction(async (parsed, _) =>
{
    await HowFast.One(
        new(parsed.GetValue(seconds), parsed.GetValue(warmUp), parsed.GetValue(clients), parsed.GetValue(connections), parsed.GetValue(batch), 0, 0), parsed.GetValue(shards), TimeProvider.System);
    return 0;
});
root.Add(one);
var replay = new Command("replay", "`engage replay` of what the engine has just written into PostgreSQL, beside an engine that rests and one that works.")
{
    seconds, warmUp, clients, connections, batch,
};
replay.SetAction(async (parsed, _) =>
{
    await HowFast.Replay(
        new(parsed.GetValue(seconds), parsed.GetValue(warmUp), parsed.GetValue(clients), parsed.GetValue(connections), parsed.GetValue(batch), 0, 0), TimeProvider.System);
    return 0;
});
root.Add(replay);
return await root.Parse(args).InvokeAsync();

static async Task Compare(Settings settings)
{
    var time = TimeProvider.System;
    var folder = Directory.CreateTempSubdirectory("engage-bench-").FullName;
    try
    {
        var call = await NullCall.Run(settings.Calls);
        // Before and after, as what else the machine does changes meanwhile.
        var before = await RawInsert.Run(folder, settings.RawRows, settings.Batch, settings.Clients, time);
        EngineResult engine;
        await using (var process = await EngineProcess.StartAsync(folder))
        {
            engine = await new EngineRun(process, settings, time).Run();
        }

        var after = await RawInsert.Run(folder, settings.RawRows, settings.Batch, settings.Clients, time);
        var raw = new Measured(before.Events + after.Events, before.Elapsed + after.Elapsed, before.Cpu + after.Cpu);
        Print(settings, call, raw, before, after, engine);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static void Print(Settings settings, Measured call, Measured raw, Measured before, Measured after, EngineResult engine)
{
    Line($"{Environment.ProcessorCount} cores, {settings.Clients:N0} warm clients, {settings.Connections} connections, {settings.Batch:N0} events a request, {engine.Measured.Elapsed.TotalSeconds:F1} s until settled; sender and engine on the same cores.");
    Line($"");
    Line($"| | events/s | processor time an event |");
    Line($"|---|---|---|");
    Line($"| call from grain to grain that does nothing | {call.PerSecond:N0} | {call.CpuMicrosecondsEach:F1} µs |");
    Line($"| raw insert into `log` (before {before.PerSecond:N0}, after {after.PerSecond:N0}) | {raw.PerSecond:N0} | {raw.CpuMicrosecondsEach:F1} µs |");
    Line($"| engine, HTTP to committed effects | {engine.Measured.PerSecond:N0} | {engine.Measured.CpuMicrosecondsEach:F1} µs |");
    Line($"| engine / raw insert | {engine.Measured.PerSecond / raw.PerSecond:P1} | |");
    Line($"| engine / call | {engine.Measured.PerSecond / call.PerSecond:P1} | |");
    Line($"");
    Line($"{engine.Measured.Events:N0} events, {engine.Raised:N0} prompts raised ({(double)engine.Raised / engine.Measured.Events:P2}), working set at the end {engine.WorkingSetBytes / 1024 / 1024:N0} MiB.");
}

static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
