using Hawser.Base.Network;

namespace Hawser.Proxy.Backends;

/// <summary>"balance source": the key of a client's address, by the backend's "hash-type".</summary>
public delegate BalanceKey SourceHash(in NetworkAddress client);
