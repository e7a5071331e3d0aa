namespace Hawser.Protocols.Http1;

/// <summary>Strict, or relaxed as far as "option accept-unsafe-violations-in-http-request|-response" goes.</summary>
public enum Http1Leniency : byte
{
    Strict,
    Unsafe,
}
