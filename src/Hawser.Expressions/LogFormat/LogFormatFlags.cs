using System;

namespace Hawser.Expressions.LogFormat;

/// <summary>How an item's value is written (manual, section 8.2.6).</summary>
[Flags]
public enum LogFormatFlags : byte
{
    None = 0,

    /// <summary>Q: between double quotes.</summary>
    Quote = 1,

    /// <summary>X: addresses, ports and identifiers in hexadecimal.</summary>
    Hexadecimal = 2,

    /// <summary>E: a backslash before quotation mark, backslash and closing bracket.</summary>
    Escape = 4,

    /// <summary>json.</summary>
    Json = 8,

    /// <summary>cbor (RFC 8949), in hexadecimal unless <see cref="Binary"/>.</summary>
    Cbor = 16,

    /// <summary>bin: binary samples as they are. For a whole format only.</summary>
    Binary = 32,
}

/// <summary>The type an item's value is forced to under an encoding: <c>%(name:type)</c>.</summary>
public enum ForcedType : byte
{
    None,
    String,
    Integer,
    Boolean,
    Raw,
}
