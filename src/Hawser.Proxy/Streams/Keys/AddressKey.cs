using Hawser.Config.Model;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams.Keys;

/// <summary>"balance source": the client's address.</summary>
public sealed class AddressKey(HashTypeConfig hash) : SessionKey
{
    public override BalanceKey Of(Waiter session) => SourceKey.Of(((Session)session).ClientSide.Peer, hash);
}
