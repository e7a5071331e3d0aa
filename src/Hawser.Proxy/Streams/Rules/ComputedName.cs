using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Expressions.LogFormat;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Streams.Rules;

/// <summary>A backend or server whose name is made by a log-format.</summary>
internal static class ComputedName
{
    private const int MaximumBytes = 1024;

    /// <returns>Null when there is none of that name.</returns>
    public static T? Find<T>(LogFormat format, SessionLogSource source, IReadOnlyDictionary<string, T> known)
        where T : class
    {
        Span<byte> text = stackalloc byte[MaximumBytes];
        int length = format.Write(source, text);
        Span<char> name = stackalloc char[MaximumBytes];
        int characters = Encoding.UTF8.GetChars(text[..length], name);
        if (known is Dictionary<string, T> table)
            return table.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[..characters], out T? found) ? found : null;
        return null;
    }
}
