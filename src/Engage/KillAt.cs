using System.Diagnostics;
using Engagement.Contracts.Faults;

namespace Engagement.Engage;

/// <summary>
/// For tests: ends the process as <c>kill -9</c> does when a step is reached for the n-th time. <c>ENGAGEMENT_KILL_AT</c> is
/// <c>STEP:N</c>, or <c>@FILE</c> with a file that may be written later and then holds that. Taken only without the demo.
/// </summary>
internal sealed class KillAt : IFaultPoints
{
    public const string Variable = "ENGAGEMENT_KILL_AT";

    private readonly Lock gate = new();
    private readonly string? file;
    private (string Step, int Times)? armed;
    private int reached;

    private KillAt(string? file, (string, int)? armed) => (this.file, this.armed) = (file, armed);

    /// <returns>Null where the variable is not set.</returns>
    public static KillAt? Read(string? value, bool bare) =>
        string.IsNullOrEmpty(value) ? null
        : !bare ? throw new CommandException($"{Variable} kills the engine in tests, and is taken with --bare only.")
        : value[0] == '@' ? new(value[1..], null)
        : new(null, Parse(value));

    public void Reach(string step)
    {
        lock (gate)
        {
            if (armed is null && file is not null && File.Exists(file))
            {
                armed = Parse(File.ReadAllText(file));
            }

            if (step != armed?.Step || ++reached != armed?.Times)
            {
                return;
            }

            Process.GetCurrentProcess().Kill();
            // Whoever comes here goes no further, however long the signal takes.
            using var never = new ManualResetEvent(false);
            never.WaitOne();
        }
    }

    private static (string, int) Parse(string value) =>
        value.Split(':') is [var step, var times] && FaultPoint.All.Contains(step) && int.TryParse(times, out var n) && n > 0
            ? (step, n)
            : throw new CommandException($"{Variable}: '{value}' is no STEP:N with one of the steps {string.Join(", ", FaultPoint.All)}.");
}
