using Hawser.Expressions.LogFormat;

namespace Hawser.Proxy.Backends;

/// <summary>"set-proxy-v2-tlv-fmt": something that a PROXY header tells besides addresses.</summary>
/// <param name="Type">0 to 255.</param>
/// <param name="Format">Its value; null: none.</param>
public sealed record ProxyTlv(byte Type, LogFormat? Format);
