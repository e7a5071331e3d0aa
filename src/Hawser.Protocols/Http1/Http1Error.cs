namespace Hawser.Protocols.Http1;

/// <summary>Why a message is refused. All are answered with 400 (502 for a response), but for the one that says so.</summary>
public enum Http1Error : byte
{
    None,
    Method,
    TargetByte,
    TargetForm,
    Fragment,
    Version,
    StatusCode,
    LineEnd,
    FieldNameByte,
    FieldNameMissing,
    FieldValueByte,
    FoldedFirstField,
    TooManyFields,

    /// <summary>431, or 414 when its first line alone is.</summary>
    HeadTooLarge,
    ContentLength,
    ContentLengthConflict,
    TransferEncoding,

    /// <summary>A coding in front of "chunked" that is not understood: 422.</summary>
    TransferCodingUnknown,
    Host,
    HostConflict,
    Authority,
    ChunkSize,
    ChunkExtension,
    ChunkEnd,
    Trailer,

    /// <summary>A body where HTTP/1.0 does not expect one: 413.</summary>
    Payload,

    /// <summary>A switch to WebSocket without "Sec-WebSocket-Key" or "Sec-WebSocket-Accept".</summary>
    WebSocket,
}
