namespace Hawser.Expressions.LogFormat;

/// <summary>The bytes of CBOR that begin and end what has no length of its own (RFC 8949, section 3.2).</summary>
internal enum CborMark : byte
{
    Bytes = 0x5F,
    List = 0x9F,
    Map = 0xBF,
    False = 0xF4,
    True = 0xF5,
    Null = 0xF6,
    End = 0xFF,
}
