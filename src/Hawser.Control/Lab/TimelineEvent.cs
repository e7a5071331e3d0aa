namespace Hawser.Control.Lab;

/// <param name="AtMs">Milliseconds since the client connected.</param>
/// <param name="What">In words, with its figure.</param>
public readonly record struct TimelineEvent(long AtMs, LabParty Who, string What);
