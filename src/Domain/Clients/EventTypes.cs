namespace Engagement.Domain.Clients;

/// <summary>The types of events the engine knows, and the channels and states they name.</summary>
public static class EventTypes
{
    public const string AccountOpened = "account.opened";
    public const string ProfileChanged = "profile.changed";
    public const string AccountClosed = "account.closed";
    public const string StatusChanged = "status.changed";
    public const string RiskAssessed = "risk.assessed";
    public const string ConsentChanged = "consent.changed";
    public const string AssetsValued = "assets.valued";
    public const string CashMoved = "cash.moved";
    public const string TradeExecuted = "trade.executed";
    public const string HoldingsValued = "holdings.valued";
    public const string AppActive = "app.active";
    public const string ContactMade = "contact.made";
    public const string ContractSigned = "contract.signed";
    public const string ContractEffective = "contract.effective";
    public const string ContractCancelled = "contract.cancelled";
    public const string ContractRenewed = "contract.renewed";
    public const string ContractEnded = "contract.ended";
    public const string FeeCharged = "fee.charged";
    public const string RevenueReversed = "revenue.reversed";

    /// <summary>The user's own types begin with this.</summary>
    public const string OwnPrefix = "x.";

    public const string Automation = "automation";

    public static readonly IReadOnlySet<string> All = new HashSet<string>
    {
        AccountOpened, ProfileChanged, AccountClosed, StatusChanged, RiskAssessed, ConsentChanged, AssetsValued, CashMoved, TradeExecuted,
        HoldingsValued, AppActive, ContactMade, ContractSigned, ContractEffective, ContractCancelled, ContractRenewed, ContractEnded,
        FeeCharged, RevenueReversed,
    };

    /// <summary>Channels of consent, in the order of the contract.</summary>
    public static readonly IReadOnlyList<string> Channels = ["advisor", "phone", "sms", "wecom", "app", Automation];

    public static readonly IReadOnlyList<string> Statuses = ["active", "frozen", "deceased", "dispute", "closed"];

    private static readonly byte[][] AllBytes = [.. All.Select(System.Text.Encoding.UTF8.GetBytes)];
    private static readonly string[] AllTexts = [.. All];

    /// <summary>The type's own text, so that not every event brings one of its own; null where it is none of the contract's.</summary>
    public static string? Find(ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < AllBytes.Length; i++)
        {
            if (utf8.SequenceEqual(AllBytes[i]))
            {
                return AllTexts[i];
            }
        }

        return null;
    }

    public static bool IsKnown(string type) => All.Contains(type) || (type.StartsWith(OwnPrefix, StringComparison.Ordinal) && type.Length > 2 && Ids.IsValid(type));
}
