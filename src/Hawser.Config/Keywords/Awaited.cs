using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What <see cref="KeywordRow{TContext}.Awaits"/> names.</summary>
public static class Awaited
{
    public const string Peers = "the peers section";
    public const string Tls = "TLS";
    public const string StickTables = "stick tables";
    public const string HttpMode = "http mode";

    // Http mode, by the part of the data plane that takes the values over.
    public const string HttpConnections = "the connections of http mode";
    public const string HttpMessages = "the messages of http mode";
    public const string HttpPersistence = "persistence by cookies";
    public const string Http2 = "HTTP/2";

    /// <summary>Says so at a use of the row's keyword.</summary>
    internal static void Note<TContext>(KeywordRow<TContext> row, LineCursor line)
    {
        if (row.Awaits is null || line.Negation == Negation.No) return;
        line.Note(DiagnosticCodes.WithoutEffect, line.KeywordOrigin, Message(row.Name, row.Awaits));
    }

    internal static string Message(string name, string awaits) =>
        $"'{name}' has no effect yet: it is for {awaits}, not implemented yet.";
}
