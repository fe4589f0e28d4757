namespace Engagement.Engage.Demo;

/// <summary>The accounts as the played events left them. Whoever has not been touched stands as he was made.</summary>
/// <param name="aligns">
/// The engine may remember more than this book, which starts anew with each run: then the first touch of a client sends
/// his valuation ahead.
/// </param>
internal sealed class Book(bool aligns)
{
    private readonly Dictionary<string, Account> _accounts = [];
    private readonly Dictionary<(int Day, int Ordinal), Account> _newcomers = [];

    /// <param name="first">Touched for the first time, in a book that aligns.</param>
    public Account Of(DemoClient client, out bool first)
    {
        first = false;
        if (!_accounts.TryGetValue(client.Id, out var account))
        {
            account = _accounts[client.Id] = new Account(client);
            first = aligns;
        }

        return account;
    }

    public Account? Newcomer(int day, int ordinal) => _newcomers.GetValueOrDefault((day, ordinal));

    public void Open(int day, int ordinal, DemoClient client) => _newcomers[(day, ordinal)] = new Account(client);

    /// <summary>Newcomers are followed to the end of the day after their first.</summary>
    public void Forget(int beforeDay)
    {
        foreach (var key in _newcomers.Keys.Where(k => k.Day < beforeDay).ToArray())
        {
            _newcomers.Remove(key);
        }
    }
}
