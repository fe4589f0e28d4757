namespace Engagement.Engage.Demo;

/// <summary>A price, as <c>POST /v1/quotes</c> takes it.</summary>
internal sealed record DemoQuote(string Symbol, decimal Price, decimal PreviousClose, string Time);
