namespace Engagement.Domain.Clients;

/// <summary>The messages that follow from one record, in order.</summary>
internal sealed class MessageList
{
    private readonly List<Message> messages = [];
    private long atMs;

    public long Position { get; private set; }

    public IReadOnlyList<Message> Messages => messages;

    public void Begin(long position, long nowMs)
    {
        (Position, atMs) = (position, nowMs);
        messages.Clear();
    }

    public void Add(Func<long, long, Message> make) => messages.Add(make(Position, atMs));
}
