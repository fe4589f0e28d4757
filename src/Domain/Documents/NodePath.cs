using System.Globalization;
using System.Text;

namespace Engagement.Domain.Documents;

/// <summary>Where a node stands. Spelt out only when somebody asks: a large document has more paths than text.</summary>
internal sealed class NodePath
{
    public static readonly NodePath Root = new(null, null, 0);

    private readonly NodePath? parent;
    private readonly string? key;
    private readonly int index;

    private NodePath(NodePath? parent, string? key, int index) => (this.parent, this.key, this.index) = (parent, key, index);

    public NodePath Field(string name) => new(this, name, 0);

    public NodePath Item(int place) => new(this, null, place);

    /// <summary>E.g. <c>segments[2].when</c>; <c>""</c> for the root.</summary>
    public override string ToString()
    {
        var steps = new Stack<NodePath>();
        for (var step = this; step.parent is not null; step = step.parent)
        {
            steps.Push(step);
        }

        var text = new StringBuilder();
        foreach (var step in steps)
        {
            if (step.key is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{step.index}]");
            }
            else
            {
                text.Append(text.Length == 0 ? "" : ".").Append(step.key);
            }
        }

        return text.ToString();
    }
}
