namespace Hawser.Expressions.Compilation;

/// <summary>
/// The step of a session from which a value is final. A log line is sent at the latest of its values' steps (manual,
/// "log-steps": "once all of the items used in the logformat expression could be satisfied"); HAProxy sends none with
/// a custom format before the server connection is up or has failed.
/// </summary>
public enum AvailableFrom : byte
{
    Connect,
    Close,
}
