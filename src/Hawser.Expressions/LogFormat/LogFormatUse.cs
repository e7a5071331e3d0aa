namespace Hawser.Expressions.LogFormat;

/// <summary>What a format makes: HAProxy treats blanks, missing values and control characters differently in each.</summary>
public enum LogFormatUse : byte
{
    /// <summary>A log line: blanks merge, a missing value is a dash.</summary>
    Line,

    /// <summary>Any text, such as a variable or a body: blanks stay, a missing value is nothing.</summary>
    Text,

    /// <summary>
    /// A part of a message's head, such as a header field: as <see cref="Text"/>, and control characters of samples are
    /// percent-encoded, so that no value ends its line. The flags Q and E do not apply to samples.
    /// </summary>
    Field,
}
