namespace Hawser.Config.Diagnostics;

/// <summary>Where a word was written, so that a later stage can still point at it.</summary>
/// <param name="File">The file's name as the user gave it.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in bytes of the source line; 0 when the whole line is meant.</param>
/// <param name="Length">Bytes of the source line the word covers, quotes and escapes included.</param>
public readonly record struct Origin(string File, int Line, int Column, int Length = 1)
{
    /// <summary>For values nobody wrote: defaults and command line switches.</summary>
    public static readonly Origin None = new("", 0, 0, 0);

    /// <summary>False for values nobody wrote.</summary>
    public bool IsKnown => Line > 0;

    public override string ToString() => $"{File}:{Line}";
}
