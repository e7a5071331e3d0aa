using System;
using System.Text;

namespace Hawser.Config.Syntax;

/// <summary>
/// Variables inside an address: HAProxy looks them up in whatever quotes the address stands, and also without any
/// (manual, "bind": "you may want to reference some environment variables in the address parameter").
/// </summary>
public static class AddressVariables
{
    /// <summary><c>$NAME</c> and <c>${NAME}</c>; a variable that does not exist is empty (observed of 3.5).</summary>
    public static string Expand(string text, Func<string, string?> find)
    {
        if (!text.Contains('$', StringComparison.Ordinal)) return text;
        StringBuilder result = new();
        int next = 0;
        while (next < text.Length)
        {
            if (text[next] != '$')
            {
                result.Append(text[next++]);
                continue;
            }
            next++;
            bool isBraced = next < text.Length && text[next] == '{';
            if (isBraced) next++;
            int start = next;
            while (next < text.Length && (char.IsAsciiLetterOrDigit(text[next]) || text[next] == '_')) next++;
            result.Append(find(text[start..next]));
            if (isBraced && next < text.Length && text[next] == '}') next++;
        }
        return result.ToString();
    }
}
