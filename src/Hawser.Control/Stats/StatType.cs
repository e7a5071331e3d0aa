namespace Hawser.Control.Stats;

/// <summary>How a value is written in the typed output (management manual, 9.2).</summary>
public enum StatType
{
    U32,
    U64,
    S32,
    Text,

    /// <summary>"show info float": its text is a number with a fraction.</summary>
    Float,
}
