using Engagement.Domain.Organisation;

namespace Engagement.Domain.Clients;

/// <summary>The part of a snapshot that says where the client belongs, and his contracts.</summary>
internal static class AssignmentSnapshot
{
    public static void Write(ref SnapshotWriter writer, ClientState state)
    {
        var (now, at) = (state.Assignment, state.AtMs);
        writer.Byte((byte)((now.Placed ? 1 : 0) | (now.GrantIsMove ? 2 : 0) | (now.Advisor is null ? 0 : 4) | (now.Branch is null ? 0 : 8)
            | (now.AskedOutlet is null ? 0 : 16) | (now.AskedPosition == 0 ? 0 : 32) | (now.RetryMs == 0 ? 0 : 64) | (HasMandates(now) ? 128 : 0)));
        writer.Text(now.Desk);
        WriteIf(ref writer, now.Advisor);
        WriteIf(ref writer, now.Branch);
        WriteIf(ref writer, now.AskedOutlet);
        if (now.AskedPosition != 0)
        {
            writer.Unsigned((ulong)now.AskedPosition);
        }

        if (now.RetryMs != 0)
        {
            writer.Signed(now.RetryMs - at);
        }

        if (HasMandates(now))
        {
            writer.Byte((byte)(Number(now.HqFor) | (Number(now.HqWanted) << 2) | (now.Covered ? 16 : 0) | (now.AskedFromHq ? 32 : 0) | (now.FullIn is null ? 0 : 64)));
            WriteIf(ref writer, now.FullIn);
        }

        writer.Signed(now.ReportedFen);
        writer.Count(now.MovesMs.Count);
        foreach (var move in now.MovesMs)
        {
            writer.Signed(at - move);
        }

        writer.Count(state.Contracts.Count);
        foreach (var contract in state.Contracts)
        {
            writer.Text(contract.Contract);
            writer.Text(contract.Product);
            writer.Signed(contract.AssetsFen);
            writer.Signed(at - contract.SignedMs);
            writer.Byte(contract.Running ? (byte)1 : (byte)0);
        }
    }

    public static void Read(ref SnapshotReader reader, ClientState state)
    {
        var (now, at, flags) = (state.Assignment, state.AtMs, reader.Byte());
        (now.Placed, now.GrantIsMove) = ((flags & 1) != 0, (flags & 2) != 0);
        now.Desk = reader.Text();
        now.Advisor = (flags & 4) != 0 ? reader.Text() : null;
        now.Branch = (flags & 8) != 0 ? reader.Text() : null;
        now.AskedOutlet = (flags & 16) != 0 ? reader.Text() : null;
        now.AskedPosition = (flags & 32) != 0 ? (long)reader.Unsigned() : 0;
        now.RetryMs = (flags & 64) != 0 ? reader.Signed() + at : 0;
        if ((flags & 128) != 0)
        {
            var mandates = reader.Byte();
            (now.HqFor, now.HqWanted) = (Scope(mandates & 3), Scope((mandates >> 2) & 3));
            (now.Covered, now.AskedFromHq) = ((mandates & 16) != 0, (mandates & 32) != 0);
            now.FullIn = (mandates & 64) != 0 ? reader.Text() : null;
        }

        now.ReportedFen = reader.Signed();
        for (var left = reader.Count(); left > 0; left--)
        {
            now.MovesMs.Add(at - reader.Signed());
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            state.Contracts.Add(new(reader.Text(), reader.Text(), reader.Signed(), at - reader.Signed(), reader.Byte() == 1));
        }
    }

    private static bool HasMandates(AssignmentState now) => now.HqFor is not null || now.HqWanted is not null || now.AskedFromHq || now.FullIn is not null;

    private static int Number(MandateScope? scope) => scope is { } known ? (int)known + 1 : 0;

    private static MandateScope? Scope(int number) => number == 0 ? null : (MandateScope)(number - 1);

    private static void WriteIf(ref SnapshotWriter writer, string? text)
    {
        if (text is not null)
        {
            writer.Text(text);
        }
    }
}
