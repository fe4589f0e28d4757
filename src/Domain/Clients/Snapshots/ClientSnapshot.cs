namespace Engagement.Domain.Clients;

/// <summary>
/// A client's state in few bytes, without his personal fields. The first byte is the format; a reader of every format that
/// was ever released stays here, and one stored snapshot of each in the tests. The same state gives the same bytes.
/// </summary>
public static class ClientSnapshot
{
    /// <summary>The format that is written.</summary>
    public const byte Format = 1;

    // Numbers of these texts are stored: new ones go to the end, and none ever goes.
    private static readonly string[] Statuses = ["active", "frozen", "deceased", "dispute", "closed"];
    private static readonly string[] Channels = ["", "online", "outlet", "referral"];

    public static byte[] Write(ClientState state)
    {
        var writer = new SnapshotWriter();
        writer.Byte(Format);
        writer.Text(state.Id);
        writer.Unsigned((ulong)state.Position);
        writer.Unsigned((ulong)(state.Position - state.LastRecord));
        writer.Unsigned((ulong)state.Events);
        writer.Signed(state.AtMs);
        writer.Signed(state.AtMs - state.OpenedMs);
        writer.Count(state.CatalogueVersion);
        writer.Count(state.OrganisationVersion);
        writer.Byte((byte)((state.Opened ? 1 : 0) | (state.AutomationRefused ? 2 : 0) | (state.RiskValidUntilDay is null ? 0 : 4)));
        writer.Text(state.Outlet);
        writer.Text(state.Channel, Channels);
        writer.Text(state.Status, Statuses);
        writer.Count(state.Risk);
        if (state.RiskValidUntilDay is { } day)
        {
            writer.Signed(day);
        }

        writer.Texts(state.Tags);
        writer.Texts(state.Consents);
        state.Assets.Write(ref writer, state.AtMs);
        state.Holdings.Write(ref writer, state.AtMs);
        AssignmentSnapshot.Write(ref writer, state);
        MetricSnapshot.Write(ref writer, state.Metrics, state.AtMs);
        writer.Count(state.Memberships.Count);
        foreach (var membership in state.Memberships)
        {
            writer.Text(membership.Segment);
            writer.Signed(state.AtMs - membership.SinceMs);
        }

        ContactSnapshot.Write(ref writer, state.Contacts, state.AtMs);
        return writer.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no snapshot, or one of a later version of the engine.</exception>
    public static ClientState Read(ReadOnlySpan<byte> snapshot)
    {
        var reader = new SnapshotReader(snapshot);
        var format = reader.Byte();
        if (format != Format)
        {
            throw new InvalidDataException($"A snapshot has format {format}; this version reads formats up to {Format}.");
        }

        var id = reader.Text();
        var position = (long)reader.Unsigned();
        var last = position - (long)reader.Unsigned();
        var events = (long)reader.Unsigned();
        var at = reader.Signed();
        var opened = at - reader.Signed();
        var (catalogue, organisation, flags) = (reader.Count(), reader.Count(), reader.Byte());
        var state = new ClientState
        {
            Id = id,
            Position = position,
            LastRecord = last,
            Events = events,
            AtMs = at,
            OpenedMs = opened,
            CatalogueVersion = catalogue,
            OrganisationVersion = organisation,
            Opened = (flags & 1) != 0,
            AutomationRefused = (flags & 2) != 0,
            Outlet = reader.Text(),
            Channel = reader.Text(Channels),
            Status = reader.Text(Statuses),
            Risk = reader.Count(),
            RiskValidUntilDay = (flags & 4) != 0 ? (int)reader.Signed() : null,
            Tags = reader.Texts(),
            Consents = reader.Texts(),
            Assets = AssetsState.Read(ref reader, at),
            Holdings = HoldingsState.Read(ref reader, at),
        };
        AssignmentSnapshot.Read(ref reader, state);
        state.Metrics = MetricSnapshot.Read(ref reader, at);
        for (var left = reader.Count(); left > 0; left--)
        {
            state.Memberships.Add(new(reader.Text(), at - reader.Signed()));
        }

        ContactSnapshot.Read(ref reader, state.Contacts, at);
        return reader.IsAtEnd ? state : throw new InvalidDataException("A snapshot is longer than its format.");
    }
}
