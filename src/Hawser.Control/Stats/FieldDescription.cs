namespace Hawser.Control.Stats;

/// <summary>One named value of "show info" or column of "show stat".</summary>
/// <param name="Tags">Origin, nature, scope and persistence (management manual, 9.2).</param>
/// <param name="Text">What "desc" says of it.</param>
public sealed record FieldDescription(string Name, string Tags, StatType Type, string Text);
