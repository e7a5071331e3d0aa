using System;
using System.Runtime.InteropServices;
using Hawser.Base.Hashing;
using Hawser.Base.Network;
using Hawser.Expressions.Samples;
using Hawser.Io.Kernels;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Within step 5 in mode http: what a connection to a server is known by besides that server. A request may use another
/// one's connection only when its own would be the same: same destination where the client decides it, same source where
/// it shows the client's, same PROXY header, same "pool-conn-name", same mark and type of service (manual, "http-reuse").
/// </summary>
internal static unsafe class ConnectionIdentity
{
    /// <summary>0 where a server's connections are all alike, which costs a few comparisons.</summary>
    public static ulong Of(Session session, Server server)
    {
        bool isAlike = !server.HasIdentities && !ServerAddress.IsOfClient(server.Endpoint)
            && session.ServerMark < 0 && session.ServerTypeOfService < 0;
        return isAlike ? 0 : Compute(session, server);
    }

    private static ulong Compute(Session session, Server server)
    {
        ulong identity = session.Home.IdentitySeed;
        ServerEndpoint endpoint = server.Endpoint;
        if (ServerAddress.IsOfClient(endpoint))
        {
            SocketAddress address = ServerAddress.Of(endpoint, session.ClientSide, session.Loop);
            Add(ref identity, address.Used);
        }

        if (server.Outgoing.Transparent is { Address.Family: AddressFamily.Unspecified } source)
        {
            NetworkAddress peer = source.KeepsPort ? session.ClientSide.Peer : session.ClientSide.Peer.WithPort(0);
            Add(ref identity, peer.AddressBytes);
            ReadOnlySpan<ushort> port = [peer.Port];
            Add(ref identity, MemoryMarshal.AsBytes(port));
        }

        ReadOnlySpan<long> marks = [session.ServerMark, session.ServerTypeOfService];
        Add(ref identity, MemoryMarshal.AsBytes(marks));
        if (ProxyHeaderSender.Write(session, server) is var length && length > 0)
            Add(ref identity, new ReadOnlySpan<byte>(session.Loop.Buffers.Scratch, length));
        if (server.PoolName is { } name)
        {
            Sample sample = default;
            bool hasName = name.TryEvaluate(RuleSource.Of(session, isFinal: true), SampleType.Binary, ref sample);
            Add(ref identity, hasName ? sample.Bytes : default);
        }

        return identity == 0 ? 1 : identity;
    }

    private static void Add(ref ulong identity, ReadOnlySpan<byte> bytes) => identity = XxHash3.Compute(bytes, identity);
}
