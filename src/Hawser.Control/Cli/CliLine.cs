namespace Hawser.Control.Cli;

/// <summary>One line of commands.</summary>
/// <param name="Text">Without the line end and without the mark of the payload.</param>
/// <param name="Payload">The lines after it, each with its line end, without the last one's; null when there is none.</param>
public readonly record struct CliLine(string Text, string? Payload);
