namespace Hawser.Proxy.Backends;

/// <summary>
/// What a backend balances a session by: "balance source", "uri", "hdr" and their kin. What it is taken from is known
/// above.
/// </summary>
public abstract class SessionKey
{
    /// <returns>Without a key where the session has none: it then takes its turn.</returns>
    public abstract BalanceKey Of(Waiter session);
}
