using Engagement.Domain.Diagnostics;
using Engagement.Domain.Documents;

namespace Engagement.Domain.Campaigns;

/// <summary>Reads <c>{segment, on}</c>, <c>{event}</c> or <c>{every, at}</c>.</summary>
internal sealed class TriggerReader(IReadOnlyDictionary<string, int> segments)
{
    public static readonly Trigger None = new(TriggerKind.Every, -1, null, 0, "");

    private static readonly string[] Forms = ["segment", "event", "every"];

    public Trigger Read(DocumentNode node, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return None;
        }

        var forms = Forms.Where(form => fields.Find(form) is not null).ToList();
        if (forms.Count != 1)
        {
            problems.Add(node, forms.Count == 0 ? ProblemCode.Missing : ProblemCode.Value, Diagnostic.TriggerForms);
        }

        var trigger = forms switch
        {
            ["segment", ..] => OfSegment(fields),
            ["event", ..] => OfEvent(fields),
            ["every", ..] => OfTime(fields),
            _ => Unknown(fields),
        };
        fields.Close();
        return trigger;
    }

    /// <summary>The segment's place in the order of evaluation.</summary>
    private int Segment(DocumentNode node, ProblemList problems)
    {
        var id = Values.Text(node, problems);
        if (segments.TryGetValue(id, out var place))
        {
            return place;
        }

        if (id.Length > 0)
        {
            problems.Add(node, ProblemCode.UnknownSegment, Diagnostic.UnknownSegment(Values.Quoted(id), problems.Meant(id, segments.Keys)));
        }

        return -1;
    }

    private Trigger OfSegment(Fields fields)
    {
        var place = fields.Required("segment", Segment, -1);
        var kind = fields.Required("on", Values.Choice(("enter", TriggerKind.Enter), ("leave", TriggerKind.Leave)), TriggerKind.Enter);
        var id = (fields.Find("segment") as DocumentScalar)?.Value;
        return new(kind, place, null, 0, $"segment:{id}:{(kind == TriggerKind.Enter ? "enter" : "leave")}");
    }

    private static Trigger OfEvent(Fields fields)
    {
        var type = fields.Required("event", MetricReader.EventType, "");
        return new(TriggerKind.Event, -1, type, 0, "event:" + type);
    }

    private static Trigger OfTime(Fields fields)
    {
        fields.Required("every", Values.Word("1d"), "1d");
        return new(TriggerKind.Every, -1, null, fields.Required("at", Times.MinuteOfDay, 0), "every");
    }

    private static Trigger Unknown(Fields fields)
    {
        fields.Find("on");
        fields.Find("at");
        return None;
    }
}
