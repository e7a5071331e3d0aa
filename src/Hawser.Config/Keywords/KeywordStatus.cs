namespace Hawser.Config.Keywords;

/// <summary>What the reader does with a keyword it knows.</summary>
public enum KeywordStatus
{
    /// <summary>The parser stores a value.</summary>
    Implemented,

    /// <summary>A performance setting that has no meaning here: accepted, with a notice.</summary>
    TuningHint,

    /// <summary>
    /// Means something only in <c>mode http</c>: ignored in tcp mode as HAProxy ignores it, in http mode an error that
    /// says that it is not implemented.
    /// </summary>
    HttpOnly,

    /// <summary>An error that says so.</summary>
    NotImplemented,

    /// <summary>Checked only: its section as a whole is not implemented and has said so.</summary>
    PartOfSection,

    /// <summary>Gone from HAProxy: an error naming the modern way.</summary>
    Removed,
}
