using Hawser.Config.Diagnostics;

namespace Hawser.Expressions.Compilation;

/// <summary>What is wrong with, or worth knowing about, a text that was compiled.</summary>
/// <param name="Severity"><see cref="Severity.Alert"/>: it does not compile.</param>
/// <param name="Offset">Where in the text, in bytes of its UTF-8 form, so that a caller can show a column.</param>
/// <param name="Length">How many bytes are meant; at least 1.</param>
/// <param name="Message">HAProxy's sentence where it has one.</param>
/// <param name="Hint">A did-you-mean, or null.</param>
public readonly record struct CompileFinding(
    Severity Severity,
    int Offset,
    int Length,
    string Message,
    string? Hint = null);
