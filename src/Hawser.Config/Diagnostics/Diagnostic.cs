namespace Hawser.Config.Diagnostics;

/// <summary>One finding about a configuration.</summary>
/// <param name="Code">Stable identifier, see <see cref="DiagnosticCodes"/>.</param>
/// <param name="Origin">The word at fault; <see cref="Origin.None"/> when the finding has no place.</param>
/// <param name="Message">One sentence in HAProxy's manner, without a full stop where HAProxy has none.</param>
/// <param name="Hint">What to do, or a did-you-mean; null when there is nothing to add.</param>
/// <param name="SourceLine">The text of the line at <paramref name="Origin"/>, for the caret.</param>
public sealed record Diagnostic(
    string Code,
    Severity Severity,
    Origin Origin,
    string Message,
    string? Hint = null,
    string? SourceLine = null)
{
    /// <summary>
    /// True for findings made while a line was read (<c>parsing [file:line]</c>); false for those made afterwards,
    /// over the whole configuration, which HAProxy prints without that prefix.
    /// </summary>
    public bool IsParsing { get; init; } = true;

    /// <summary>What it costs to leave it, in seconds, bytes or sessions; null where the message says all.</summary>
    public string? Consequence { get; init; }
}
