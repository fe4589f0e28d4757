namespace Engagement.Bench.Engine;

/// <param name="Cpu">Processor time of the process that is measured, over all cores.</param>
internal readonly record struct Measured(long Events, TimeSpan Elapsed, TimeSpan Cpu)
{
    public double PerSecond => Events / Elapsed.TotalSeconds;

    public double CpuMicrosecondsEach => Cpu.TotalMicroseconds / Events;
}
