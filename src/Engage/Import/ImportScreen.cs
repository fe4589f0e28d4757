namespace Engagement.Engage.Import;

/// <summary>What a person sees: refused events on standard output, and on a terminal a bar on standard error.</summary>
internal sealed class ImportScreen(TextWriter output, TextWriter? terminal, TimeProvider time)
{
    private const int Width = 30;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private long shown;
    private int drawn;

    public Task Beat(CancellationToken cancellation) => Task.Delay(Every, time, cancellation);

    public void Show(string path, long read, long length, ImportState state, string? waiting)
    {
        if (terminal is null || (!state.Done && shown != 0 && time.GetElapsedTime(shown) < Every))
        {
            return;
        }

        shown = time.GetTimestamp();
        var part = length == 0 ? 1 : Math.Clamp((double)read / length, 0, 1);
        var full = (int)(part * Width);
        var line = $"{Path.GetFileName(path)} [{new string('#', full)}{new string('.', Width - full)}] {part * 100,3:0} %  {state.Accepted} accepted, {state.Rejected} refused{(waiting is null ? "" : $", waiting: {waiting}")}";
        terminal.Write($"\r{line.PadRight(drawn)}");
        drawn = line.Length;
        if (state.Done)
        {
            terminal.WriteLine();
            drawn = 0;
        }
    }

    public void Refused(string path, long line, Refusal refusal)
    {
        if (drawn > 0)
        {
            terminal!.Write($"\r{new string(' ', drawn)}\r");
            (drawn, shown) = (0, 0);
        }

        output.WriteLine($"{path}:{line}: {refusal.Code} {refusal.Id ?? "-"}: {refusal.Detail}");
    }
}
