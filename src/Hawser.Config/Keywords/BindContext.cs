using Hawser.Config.Model;

namespace Hawser.Config.Keywords;

/// <summary>What options of a <c>bind</c> or <c>stats socket</c> line write to.</summary>
public sealed class BindContext
{
    public required BindConfig Bind { get; set; }
}
