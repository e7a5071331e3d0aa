using System;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Loop;

namespace Hawser.Proxy.Backends;

/// <summary>
/// "slowstart" of one server: its weight and its slots grow for that time after it came up. HAProxy's steps: once a
/// second, the weight in sixteenths from one to sixteen by whole seconds of a time that is rounded up to them, the slots
/// in proportion to the same; over at the first step past the end, so never before a second.
/// </summary>
internal sealed class ServerStateRamp : LoopTimer
{
    private static readonly Milliseconds s_step = Milliseconds.FromSeconds(1);

    private readonly Server _server;
    private readonly ServerStateKeeper _keeper;

    public ServerStateRamp(Server server, ServerStateKeeper keeper)
    {
        _server = server;
        _keeper = keeper;
    }

    /// <summary>Under the gate, before the backend learns that the server is up.</summary>
    public void Begin(EventLoop loop)
    {
        _server.SlowStartSince = loop.Now;
        Set(elapsedMs: 0);
        loop.SetTimer(this, loop.Now.After(s_step));
    }

    /// <summary>Under the gate: the server went down, or into maintenance.</summary>
    public void Abort(EventLoop loop)
    {
        loop.RemoveTimer(this);
        End();
    }

    public override void OnTimer(EventLoop loop)
    {
        Backend backend = _server.Backend;
        long elapsedMs = (loop.Now - _server.SlowStartSince).Value;
        bool isOver = elapsedMs >= _server.Config.SlowStartMs;
        backend.Gate.Enter();
        int waiting = backend.Queue.Length;
        if (isOver)
            End();
        else
            Set(elapsedMs);
        backend.CapacityChanged(_server);
        ServerStateCounts counts = ServerStateKeeper.Count(_server, waiting - backend.Queue.Length);
        backend.Gate.Leave();

        if (isOver)
            _keeper.TellFullyUp(_server, counts);
        else
            loop.SetTimer(this, loop.Now.After(s_step));
    }

    private void Set(long elapsedMs)
    {
        long slowStartMs = _server.Config.SlowStartMs;
        long seconds = elapsedMs / s_step.Value;
        long allSeconds = (slowStartMs + s_step.Value - 1) / s_step.Value;
        int sixteenths = (int)Math.Min(Server.WeightScale, (Server.WeightScale * seconds / allSeconds) + 1);
        if (HasDynamicWeights(_server.Backend.Config))
            _server.EffectiveWeight = _server.Weight * sixteenths;
        _server.SlowStartPermille = (int)(elapsedMs / allSeconds);
    }

    private void End()
    {
        _server.SlowStartSince = Instant.Never;
        _server.EffectiveWeight = _server.Weight * Server.WeightScale;
        _server.SlowStartPermille = 1000;
    }

    /// <summary>The static algorithms fix their tables at start: only the slots grow there (manual, "slowstart").</summary>
    private static bool HasDynamicWeights(ProxyConfig backend) => backend.Balance.Algorithm switch
    {
        BalanceAlgorithm.StaticRoundRobin => false,
        BalanceAlgorithm.Source => backend.HashType.Method == HashMethod.Consistent,
        _ => true,
    };
}
