namespace Hawser.Config.Diagnostics;

/// <summary>How findings are written.</summary>
public enum ReportFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One object, of our own shape (docs/diagnostics.md).</summary>
    Json,

    /// <summary>SARIF 2.1.0, for code scanning and editors.</summary>
    Sarif,
}
