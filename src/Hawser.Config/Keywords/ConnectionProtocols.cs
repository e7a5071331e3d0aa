using System;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>The values of <c>proto</c> on bind and server lines.</summary>
internal static class ConnectionProtocols
{
    private static readonly string[] Names = ["none", "h1", "h2", "fcgi", "spop", "quic"];

    /// <summary>False after a report; protocols that are not there yet are refused.</summary>
    public static bool TryTake(LineCursor line, out ConnectionProtocol protocol)
    {
        protocol = ConnectionProtocol.Default;
        if (!line.TryExpect(": missing value", out Word word)) return false;
        int index = Array.IndexOf(Names, word.Text);
        if (index < 0)
        {
            line.Reject(DiagnosticCodes.BadChoice, word.Origin, $"'proto' : unknown MUX protocol '{word.Text}'",
                Suggestion.Hint(word.Text, Names));
            return false;
        }
        protocol = index switch { 0 => ConnectionProtocol.None, 1 => ConnectionProtocol.Http1, _ => ConnectionProtocol.Default };
        if (protocol != ConnectionProtocol.Default) return true;
        line.Reject(DiagnosticCodes.NotImplemented, word.Origin, $"'proto {word.Text}' is not implemented yet.");
        return false;
    }
}
