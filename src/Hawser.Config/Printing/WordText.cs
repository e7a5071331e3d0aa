using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Hawser.Config.Printing;

/// <summary>Words as a configuration file has to write them, so that reading gives the same word again (manual, 2.2).</summary>
public static class WordText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\r\n\v\f\\\"'#$");
    private static readonly SearchValues<char> Unprintable = SearchValues.Create("\r\n\0");

    /// <summary>
    /// The word itself where that is enough; else in single quotes, which change nothing inside; in double quotes with
    /// escapes when it holds single quotes or line ends.
    /// </summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.AsSpan().IndexOfAny(Special) < 0) return word;
        bool needsEscapes = word.Contains('\'') || word.AsSpan().IndexOfAny(Unprintable) >= 0;
        return needsEscapes ? Escape(word) : $"'{word}'";
    }

    /// <summary>Words of one line, quoted where needed.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Escape(string word)
    {
        StringBuilder text = new("\"");
        foreach (char next in word)
        {
            switch (next)
            {
                case '"' or '\\' or '$':
                    text.Append('\\').Append(next);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                default:
                    text.Append(next);
                    break;
            }
        }
        return text.Append('"').ToString();
    }
}
