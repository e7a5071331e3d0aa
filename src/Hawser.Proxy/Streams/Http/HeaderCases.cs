using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.Protocols.Http;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// "h1-case-adjust": names of fields are sent in the case that some old peers insist on (manual, section 3). Only the case
/// changes, so a name is rewritten where it stands.
/// </summary>
public sealed class HeaderCases
{
    private readonly byte[][][] _byLength;

    private HeaderCases(IEnumerable<string> names)
    {
        byte[][] all = [.. names.Select(Encoding.ASCII.GetBytes)];
        _byLength = new byte[all.Max(static name => name.Length) + 1][][];
        for (int length = 0; length < _byLength.Length; length++) _byLength[length] = [.. all.Where(name => name.Length == length)];
    }

    /// <summary>Null without any name.</summary>
    public static HeaderCases? Of(IReadOnlyDictionary<string, string> cases) => cases.Count == 0 ? null : new HeaderCases(cases.Values);

    /// <summary>A message's fields, before they are written out.</summary>
    public unsafe void Apply(HttpMessage message)
    {
        for (int index = 0; index < message.FieldCount; index++)
        {
            ref FieldLine field = ref message.Field(index);
            if (!field.IsRemoved) Adjust(new Span<byte>(message.Block + field.Name.At, field.Name.Length));
        }
    }

    /// <summary>Whole field lines.</summary>
    public void Apply(Span<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            int colon = lines.IndexOf((byte)':');
            if (end < 0 || colon < 0) return;
            Adjust(lines[..colon]);
            lines = lines[(end + 1)..];
        }
    }

    private void Adjust(Span<byte> name)
    {
        if (name.Length >= _byLength.Length) return;
        foreach (byte[] adjusted in _byLength[name.Length])
        {
            if (!Ascii.EqualsIgnoreCase(name, adjusted)) continue;
            adjusted.CopyTo(name);
            return;
        }
    }
}
