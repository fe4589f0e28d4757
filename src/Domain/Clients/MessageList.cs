namespace Engagement.Domain.Clients;

/// <summary>The messages that follow from one record, in order.</summary>
internal sealed class MessageList(long position, long atMs)
{
    private readonly List<Message> messages = [];

    public long Position => position;

    public IReadOnlyList<Message> Messages => messages;

    public void Add(Func<long, long, Message> make) => messages.Add(make(position, atMs));
}
