using BenchmarkDotNet.Attributes;
using Engagement.Domain.Clients;

namespace Engagement.Bench.Fold;

/// <summary>A client with 50 trades of two days, packed and unpacked.</summary>
public class SnapshotBenchmark
{
    private readonly Sample sample = new();
    private ClientEngine client = null!;
    private byte[] packed = [];

    [GlobalSetup]
    public void Setup()
    {
        client = sample.Client(50);
        packed = ClientSnapshot.Write(client.State);
        Console.WriteLine($"// packed: {packed.Length} bytes");
    }

    [Benchmark]
    public byte[] Pack() => ClientSnapshot.Write(client.State);

    [Benchmark]
    public ClientEngine Unpack() => new(ClientSnapshot.Read(packed), PersonalFields.None, sample);
}
