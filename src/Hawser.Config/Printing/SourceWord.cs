using Hawser.Config.Diagnostics;

namespace Hawser.Config.Printing;

/// <summary>A word as it was written.</summary>
/// <param name="Text">Quotes and escapes resolved; variables are empty, since nothing is expanded here.</param>
/// <param name="Raw">The bytes of the file, quotes and escapes included.</param>
public readonly record struct SourceWord(string Text, string Raw, Origin Origin);
