namespace Hawser.Protocols.Http;

/// <summary>
/// Header fields that Hawser itself acts upon or that rules ask for most: found once, when the message is parsed, and
/// from then on compared as a number. The order is that of <see cref="FieldNames"/>.
/// </summary>
public enum FieldName : byte
{
    /// <summary>Any other: compared by its text.</summary>
    Other,
    Host,
    Connection,
    ContentLength,
    TransferEncoding,
    KeepAlive,
    ProxyConnection,
    Upgrade,
    Te,
    Trailer,
    Expect,
    Cookie,
    SetCookie,
    Date,
    Server,
    Location,
    Accept,
    AcceptEncoding,
    AcceptLanguage,
    Authorization,
    ProxyAuthorization,
    CacheControl,
    Pragma,
    ContentType,
    ContentEncoding,
    ETag,
    Expires,
    LastModified,
    IfModifiedSince,
    IfNoneMatch,
    Range,
    Referer,
    Origin,
    UserAgent,
    Vary,
    Via,
    Forwarded,
    XForwardedFor,
    XForwardedProto,
    XOriginalTo,
    SecWebSocketKey,
    SecWebSocketAccept,
    Http2Settings,
}
