using System.Runtime.InteropServices;

namespace Engagement.Domain.Tests.Language;

/// <summary>
/// How much processor time this thread has used since: what is measured is work, which a busy machine makes no more of. Wall time would make
/// either the bound loose or the test a matter of luck.
/// </summary>
internal readonly struct WorkOfThisThread
{
    private const int ThreadClock = 3;

    private readonly TimeSpan from;

    private WorkOfThisThread(TimeSpan from) => this.from = from;

    public TimeSpan Elapsed => Now() - from;

    public static WorkOfThisThread Begin() => new(Now());

    private static TimeSpan Now()
    {
        Assert.Equal(0, ReadClock(ThreadClock, out var now));
        return TimeSpan.FromSeconds(now.Seconds) + TimeSpan.FromMicroseconds(now.Nanoseconds / 1_000.0);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadClock(int clock, out Instant now);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instant(long Seconds, long Nanoseconds);
}
