namespace Hawser.Expressions.Samples;

/// <summary>
/// The types of manual section 7.3. A sample that was taken has one of the concrete ones; <see cref="Any"/>,
/// <see cref="Address"/> and <see cref="Same"/> only occur in the declarations of rows.
/// </summary>
public enum SampleType : byte
{
    /// <summary>Known when it is taken: a variable, a JSON value.</summary>
    Any,

    Boolean,

    /// <summary>64 bits, signed.</summary>
    Integer,

    /// <summary>IPv4 or IPv6, known when it is taken.</summary>
    Address,
    IPv4,
    IPv6,

    /// <summary>Text: it ends before its first NUL byte when it comes from binary data.</summary>
    String,

    /// <summary>Bytes of any value.</summary>
    Binary,

    /// <summary>An HTTP method, as text.</summary>
    Method,

    /// <summary>Of a converter's output: that of its input.</summary>
    Same,
}
