namespace Hawser.Protocols.Http;

/// <summary>
/// What the sender of a message understands. A message of a later version that came in HTTP/1 form counts as 1.1, as
/// RFC 9110 section 2.5 wants; one that a relaxed parser let through ("RTSP/1.0") as 1.0.
/// </summary>
public enum HttpVersion : byte
{
    Http10 = 10,
    Http11 = 11,
    Http20 = 20,
    Http30 = 30,
}
