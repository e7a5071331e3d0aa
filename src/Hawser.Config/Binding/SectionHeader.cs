using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Syntax;

namespace Hawser.Config.Binding;

/// <summary>The first line of a section that has a name and nothing else.</summary>
internal static class SectionHeader
{
    /// <summary>Null after a report.</summary>
    /// <param name="ignoresRest">Words behind the name are dropped.</param>
    public static Word? Name(IReadOnlyList<Word> words, bool ignoresRest, DiagnosticBag diagnostics)
    {
        LineCursor line = new(words, 0, 1, Negation.None, diagnostics);
        if (!line.TryExpect("expects <name>.", out Word name) || (!ignoresRest && !line.TryEnd())) return null;
        if (NameText.FirstForbidden(name.Text) is { } bad)
        {
            line.Reject(DiagnosticCodes.BadName, name.Origin,
                $"character '{bad}' is not permitted in '{line.Keyword}' name '{name.Text}'.");
            return null;
        }
        return name;
    }
}
