using System;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>
/// <c>source &lt;addr&gt;[:&lt;port&gt;[-&lt;port&gt;]] [usesrc { &lt;addr2&gt;[:&lt;port2&gt;] | client | clientip }]
/// [interface &lt;name&gt;]</c>, of a proxy or a server.
/// </summary>
internal static class SourceParser
{
    private const string UseSource = "usesrc";
    private const string Interface = "interface";
    private const string HeaderPrefix = "hdr_ip(";
    private const AddressRules Rules = AddressRules.StreamAllowed | AddressRules.HostNameAllowed;

    /// <summary>Null when something was wrong, which has been reported.</summary>
    public static SourceConfig? Parse(LineCursor line, bool allowsPortRange)
    {
        string ports = allowsPortRange ? "[:<port>[-<port>]]" : "[:<port>]";
        string expectation = $"expects <addr>{ports}, and optionally '{UseSource}' <addr>, and '{Interface}' <name>.";
        if (!line.TryExpect(expectation, out Word word)) return null;
        AddressRules rules = allowsPortRange ? Rules | AddressRules.PortRangeAllowed : Rules;
        AddressConfig? address = ParseAddress(line, word, rules);
        if (address is null) return null;
        SourceConfig source = new() { Address = address, Origin = line.KeywordOrigin };
        while (line.HasMore)
        {
            if (line.TakeIf(Interface))
            {
                if (!line.TryExpect($": '{Interface}' expects an interface name", out Word name)) return null;
                source = source with { Interface = name.Text };
            }
            else if (line.TakeIf(UseSource))
            {
                SourceConfig? transparent = ParseTransparent(line, source);
                if (transparent is null) return null;
                source = transparent;
            }
            else break;
        }
        return source;
    }

    private static SourceConfig? ParseTransparent(LineCursor line, SourceConfig source)
    {
        const string Expectation = $"'{UseSource}' expects <addr>[:<port>], 'client', 'clientip', or 'hdr_ip(name,#)'.";
        if (!line.TryExpect(Expectation, out Word word)) return null;
        if (word.Text == "client") return source with { Transparent = TransparentSource.Client };
        if (word.Text == "clientip") return source with { Transparent = TransparentSource.ClientIP };
        if (word.Text.StartsWith(HeaderPrefix, StringComparison.Ordinal))
        {
            line.Reject(DiagnosticCodes.NotImplemented, word.Origin,
                $"'{UseSource} {word.Text}' is not implemented yet.");
            return null;
        }
        AddressConfig? address = ParseAddress(line, word, Rules);
        return address is null
            ? null
            : source with { Transparent = TransparentSource.Address, TransparentAddress = address };
    }

    private static AddressConfig? ParseAddress(LineCursor line, Word word, AddressRules rules)
    {
        AddressConfig? address = AddressText.Parse(line, word.Text, word.Origin, rules, out string error, out bool isNotYet);
        if (address is null)
        {
            line.Reject(isNotYet ? DiagnosticCodes.NotImplemented : DiagnosticCodes.BadAddress, word.Origin,
                $"'source {word.Text}' : {error}");
        }
        return address;
    }
}
