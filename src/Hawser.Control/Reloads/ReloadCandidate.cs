using Hawser.Proxy.Building;

namespace Hawser.Control.Reloads;

/// <summary>A configuration that was read and built beside the running one.</summary>
/// <param name="Succession">Ready to take place; null when the configuration is refused, or was only to be planned.</param>
/// <param name="Plan">Null when it could not be built.</param>
/// <param name="Messages">All that was said about it, line by line, in the shape of the messages of a start.</param>
/// <param name="Problem">Why it is refused, in one line; null when it is not.</param>
public sealed record ReloadCandidate(SetSuccession? Succession, ReloadPlan? Plan, string Messages, string? Problem);
