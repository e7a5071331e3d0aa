using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>A value together with the place that set it, for diagnostics and for "which line set this timer".</summary>
public readonly record struct Located<T>(T Value, Origin Origin)
{
    public override string ToString() => Value?.ToString() ?? "";
}
