namespace Engagement.Engage.Demo;

internal enum IntentKind : byte { Settle, Visit, Wake, Return, Trade, AllIn, Cash, LargeCash, Assess, Contact, Sign, Open, NewcomerAssess, NewcomerFund, NewcomerTrade }

/// <summary>Something that will happen in a played day; what exactly, is known when it does.</summary>
/// <param name="OffsetMs">When, from the played day's start.</param>
/// <param name="Client">Who; null for a newcomer, who is known by his ordinal.</param>
/// <param name="Ordinal">The how-manieth newcomer of the day.</param>
/// <param name="Roll">Seed of its own dice.</param>
internal readonly record struct Intent(int OffsetMs, IntentKind Kind, DemoClient? Client, int Ordinal, ulong Roll);
