using System;
using System.Collections.Generic;

namespace Hawser.Config.Migration;

/// <summary>The <c>if</c> or <c>unless</c> behind an old rule, joined with a test of our own.</summary>
internal static class RuleCondition
{
    private const string If = "if";
    private const string Unless = "unless";

    /// <summary>As written, with a space before; empty when there is none.</summary>
    /// <param name="index">The word behind the keyword at which it starts.</param>
    public static string Tail(MigrationLine line, int index) => index < line.Count ? " " + line.RawFrom(index) : "";

    /// <summary>" if TEST and what the line demanded"; null when that cannot be said in one condition.</summary>
    public static string? Join(MigrationLine line, int index, string test)
    {
        if (index >= line.Count) return $" if {test}";
        string word = line.Text(index);
        if (index + 1 >= line.Count) return null;
        if (word == Unless)
        {
            bool isSingle = line.Count == index + 2 || (line.Text(index + 1) == "{" && ClosesAtEnd(line, index + 1));
            string term = line.RawFrom(index + 1);
            string opposite = term.StartsWith('!') ? term.TrimStart('!').TrimStart() : "!" + term;
            return isSingle ? $" if {test} {opposite}" : null;
        }
        if (word != If) return null;
        List<string> terms = [""];
        for (int next = index + 1; next < line.Count; next++)
        {
            if (line.Text(next) is "or" or "||") terms.Add("");
            else terms[^1] += " " + line.Words[line.First + line.Length + next].Raw;
        }
        return " if " + string.Join(" or ", terms.ConvertAll(term => test + term));
    }

    private static bool ClosesAtEnd(MigrationLine line, int open)
    {
        for (int index = open; index < line.Count; index++)
        {
            if (line.Text(index) == "}") return index == line.Count - 1;
        }
        return false;
    }
}
