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

    /// <summary>Says so at a use of the row's keyword.</summary>
    internal static void Note<TContext>(KeywordRow<TContext> row, LineCursor line)
    {
        if (row.Awaits is null || line.Negation == Negation.No) return;
        line.Note(DiagnosticCodes.WithoutEffect, line.KeywordOrigin,
            $"'{row.Name}' has no effect yet: it is for {row.Awaits}, not implemented yet.");
    }
}
