namespace Hawser.Protocols.Http;

/// <summary>The methods that some rule or protocol step treats apart (RFC 9110 section 9); case counts.</summary>
public enum HttpMethod : byte
{
    /// <summary>Any other token: forwarded as it is.</summary>
    Other,
    Options,
    Get,
    Head,
    Post,
    Put,
    Delete,
    Trace,
    Connect,
    Patch,
}
