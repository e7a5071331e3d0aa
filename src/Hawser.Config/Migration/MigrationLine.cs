using System.Collections.Immutable;
using Hawser.Config.Printing;

namespace Hawser.Config.Migration;

/// <summary>A line as a rule sees it: from its keyword on, in its section.</summary>
/// <param name="Source">As written.</param>
/// <param name="First">Index of the keyword's first word; 1 behind <c>no</c>.</param>
/// <param name="Length">Words of the keyword.</param>
internal sealed record MigrationLine(SourceLine Source, int First, int Length, MigrationSection Section)
{
    public ImmutableArray<SourceWord> Words => Source.Words;

    /// <summary>Words behind the keyword.</summary>
    public int Count => Words.Length - First - Length;

    /// <summary>A word behind the keyword, from 0, quotes resolved; empty when there is none.</summary>
    public string Text(int index) => index < Count ? Words[First + Length + index].Text : "";

    /// <summary>As written, from a word behind the keyword to the end of the line, comment excluded.</summary>
    public string RawFrom(int index) => Source.RawFrom(First + Length + index);

    /// <summary>The line with another keyword; what follows stays as written.</summary>
    public string WithKeyword(string keyword)
    {
        string prefix = First > 0 ? Words[0].Raw + " " : "";
        string rest = RawFrom(0);
        return rest.Length == 0 ? prefix + keyword : $"{prefix}{keyword} {rest}";
    }
}
