namespace Hawser.Expressions.Samples;

/// <summary>The types of manual section 7.3 that a fetch returns.</summary>
public enum SampleType : byte
{
    Boolean,

    /// <summary>64 bits, signed.</summary>
    Integer,

    /// <summary>IPv4 or IPv6; the address says which.</summary>
    Address,
    String,
}
