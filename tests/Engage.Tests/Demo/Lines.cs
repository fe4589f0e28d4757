using System.Buffers;
using System.Text;
using Engagement.Engage.Demo;

namespace Engagement.Engage.Tests.Demo;

/// <summary>Events as they go over the wire.</summary>
internal static class Lines
{
    public static string Of(IEnumerable<DemoEvent> events)
    {
        var body = new ArrayBufferWriter<byte>();
        DemoEvent.WriteLines(events, body);
        return Encoding.UTF8.GetString(body.WrittenSpan);
    }
}
