using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What <see cref="KeywordRow{TContext}.Awaits"/> names.</summary>
public static class Awaited
{
    public const string Statistics = "the statistics page";
    public const string Peers = "the peers section";
    public const string Tls = "TLS";
    public const string StickTables = "stick tables";
    public const string HttpMode = "http mode";
    public const string HttpTimeouts = "the timers of http mode";
    public const string HttpOptions = "the options of http mode";
    public const string HttpErrors = "the errors of http mode";
    public const string HttpPersistence = "persistence in http mode";
    public const string HttpBalancing = "balancing by requests";
    public const string HttpConnections = "connections of http mode";
    public const string HttpCaptures = "captures of http mode";

    /// <summary>Says so at a use of the row's keyword.</summary>
    internal static void Note<TContext>(KeywordRow<TContext> row, LineCursor line)
    {
        if (row.Awaits is null || line.Negation == Negation.No) return;
        line.Note(DiagnosticCodes.WithoutEffect, line.KeywordOrigin, Message(row.Name, row.Awaits));
    }

    internal static string Message(string name, string awaits) =>
        $"'{name}' has no effect yet: it is for {awaits}, not implemented yet.";
}
