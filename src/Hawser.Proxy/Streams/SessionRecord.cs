using System;
using Hawser.Base.Network;
using Hawser.Io.Kernels;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Steps;

namespace Hawser.Proxy.Streams;

/// <summary>
/// A loop's record with the session that it was filled from: for the rows that ask for more than log lines do. Used
/// between two calls of <c>SessionLog.Fill</c>, like the record itself.
/// </summary>
public sealed class SessionRecord : SessionLogRecord
{
    private Session? _learnedOf;
    private TcpFacts _client;
    private TcpFacts _server;

    /// <summary>Null outside of a session.</summary>
    public Session? Session { get; internal set; }

    public override bool IsOfStream => Session is not { Phase: < SessionPhase.RequestRules };

    /// <summary>The kernel is asked when somebody wants it and it is not known yet.</summary>
    public override NetworkAddress BackendSource
    {
        get
        {
            if (base.BackendSource.Family == AddressFamily.Unspecified && Session is { } session)
            {
                LocalAddress.Learn(session.ServerSide, session.Loop);
                base.BackendSource = session.ServerSide.Local;
            }

            return base.BackendSource;
        }
        set => base.BackendSource = value;
    }

    /// <summary>
    /// Made when it is first asked for, by the frontend's format or else the backend's; there is none before a stream
    /// exists.
    /// </summary>
    public override ReadOnlyMemory<byte> UniqueId
    {
        get
        {
            if (Session is not { Phase: >= SessionPhase.RequestRules } session) return default;
            if (!session.Facts.UniqueId.IsEmpty) return session.Facts.UniqueId;
            if ((session.Frontend.UniqueIdFormat ?? session.Backend?.UniqueIdFormat) is not { } format) return default;
            SessionLogSource source = session.Home.Samples;
            source.Record = this;
            source.LineTime = session.Loop.WallClock;
            session.Facts.Name(format, source);
            return session.Facts.UniqueId;
        }
    }

    /// <summary>
    /// Before the connections are closed: a log line that is written afterwards shows what was known then.
    /// </summary>
    internal void LearnTcpFacts(Session session)
    {
        _learnedOf = session;
        _client = Ask(session, session.ClientSide);
        _server = Ask(session, session.ServerSide);
        session.Facts.LearnOwnLocal(session);
    }

    /// <summary>What the kernel has measured of one side of <see cref="Session"/>, now or before it was closed.</summary>
    internal TcpFacts TcpFactsOf(bool isServer)
    {
        if (Session is not { } session) return default;
        Connection side = isServer ? session.ServerSide : session.ClientSide;
        if (side.IsOpen) return Ask(session, side);
        return _learnedOf != session ? default : isServer ? _server : _client;
    }

    private static TcpFacts Ask(Session session, Connection side) =>
        side.IsOpen ? session.Loop.Kernel.TcpFacts(side.Descriptor) : default;
}
