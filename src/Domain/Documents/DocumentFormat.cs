namespace Engagement.Domain.Documents;

public enum DocumentFormat : byte { Yaml, Json }
