namespace Engagement.Bench.Engine;

/// <param name="Cpu">Processor time of the process that is measured, over all cores.</param>
/// <param name="Database">Processor time of a database server beside it.</param>
internal readonly record struct Measured(long Events, TimeSpan Elapsed, TimeSpan Cpu, TimeSpan Database = default)
{
    public double PerSecond => Events / Elapsed.TotalSeconds;

    public double CpuMicrosecondsEach => Cpu.TotalMicroseconds / Events;

    public double DatabaseMicrosecondsEach => Database.TotalMicroseconds / Events;
}
