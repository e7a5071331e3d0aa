namespace Hawser.Control.Stats;

/// <summary>How a value becomes a sample.</summary>
public enum MetricShape
{
    Number,

    /// <summary>Kept in milliseconds, told in seconds.</summary>
    Seconds,

    /// <summary>A sample for each state; 1 for the one that holds.</summary>
    State,

    /// <summary>A sample for each class of responses.</summary>
    Responses,

    /// <summary>A text as a label.</summary>
    Label,

    /// <summary>A sample for each result of checks; 1 for the last one.</summary>
    Check,

    /// <summary>A sample for each state of a server, telling how many servers are in it.</summary>
    ServersByState,

    /// <summary>A sample for each result of checks, telling how many servers had it last.</summary>
    ServersByCheck,
}
