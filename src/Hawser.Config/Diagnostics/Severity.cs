namespace Hawser.Config.Diagnostics;

/// <summary>How much a diagnostic weighs; the order is the order of gravity.</summary>
public enum Severity
{
    /// <summary>Shown only with <c>-dD</c>: legal, but probably not what was meant.</summary>
    Diag,

    /// <summary>Something was translated or has no meaning here; the configuration works as written.</summary>
    Notice,

    /// <summary>HAProxy warns here too; fatal under <c>zero-warning</c> and <c>-dW</c>.</summary>
    Warning,

    /// <summary>The configuration cannot be used.</summary>
    Alert,
}
