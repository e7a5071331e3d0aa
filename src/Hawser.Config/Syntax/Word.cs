using Hawser.Config.Diagnostics;

namespace Hawser.Config.Syntax;

/// <summary>One word of a line after quotes, escapes and variables were resolved.</summary>
/// <param name="Text">Never contains a NUL; see <see cref="ConfigText"/> for bytes that are no UTF-8.</param>
/// <param name="Origin">Where it starts and how much of the source line it covers.</param>
public readonly record struct Word(string Text, Origin Origin);
