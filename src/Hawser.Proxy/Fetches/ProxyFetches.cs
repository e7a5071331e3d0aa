using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Fetches;

/// <summary>Counters and states of frontends, backends and servers that an argument names (manual, section 7.3.2).</summary>
internal static class ProxyFetches
{
    private static readonly ArgumentSignature s_server = ArgumentSignature.Required(ArgumentType.Server);
    private static readonly ArgumentSignature s_frontend = ArgumentSignature.Required(ArgumentType.Frontend);
    private static readonly ArgumentSignature s_backend = ArgumentSignature.Required(ArgumentType.Backend);

    public static FetchRow[] Rows { get; } =
    [
        new(
            "be_conn",
            ArgumentSignature.Optional(ArgumentType.Backend),
            SampleType.Integer,
            FetchContexts.Running,
            static (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                sample.SetInteger(arguments.Reference(0) is Backend backend
                    ? backend.ActiveSessions
                    : ((SessionLogSource)source).Record.BackendConnections);
                return true;
            },
            "1.5",
            "connections of a backend, the current one when it is not named")
        {
            Prepare = static (arguments, context) => IsMissing(arguments, context) && context.Names.FindBackend("") is null ? "missing backend name" : null,
        },
        OfBackend("nbsrv", static backend => UsableServers(backend), "1.3", "servers of a backend that take sessions"),
        OfBackend("be_conn_free", FreeConnections, "1.9", "connections that a backend's servers have room for; -1: no limit"),
        OfBackend("queue", WaitingSessions, "1.3", "sessions that wait for a backend or its servers"),
        OfBackend("avg_queue", AverageQueue, "1.3", "sessions that wait for a backend, for each of its servers"),
        OfBackend("connslots", FreeSlots, "1.3", "connections and places in queues that a backend's servers have room for; -1: no limit"),
        RateOf("be_sess_rate", s_backend, static arguments => ((Backend)arguments.Reference(0)!).Counters, "1.3", "new sessions of a backend per second"),
        RateOf("srv_sess_rate", s_server, static arguments => ((Server)arguments.Reference(0)!).Counters, "1.5", "new sessions of a server per second"),
        RateOf("fe_sess_rate", s_frontend, static arguments => ((Frontend)arguments.Reference(0)!).Counters, "1.3", "new sessions of a frontend per second"),
        new("fe_req_rate", s_frontend, SampleType.Integer, FetchContexts.Running,
            static (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                if (SessionRows.SessionOf(source) is not { } session) return false;
                sample.SetInteger(TrafficCounters.RequestsPerSecond(((Frontend)arguments.Reference(0)!).Counters, session.Loop.Now));
                return true;
            },
            "1.3",
            "HTTP requests of a frontend per second"),
        new(
            "fe_conn",
            ArgumentSignature.Optional(ArgumentType.Frontend),
            SampleType.Integer,
            FetchContexts.Running,
            static (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                sample.SetInteger(arguments.Reference(0) is Frontend frontend
                    ? frontend.ActiveSessions
                    : ((SessionLogSource)source).Record.FrontendConnections);
                return true;
            },
            "1.5",
            "connections of a frontend, the current one when it is not named")
        {
            Prepare = static (arguments, context) => IsMissing(arguments, context) && context.Names.FindFrontend("") is null ? "missing frontend name" : null,
        },
        OfServer("srv_conn", static server => server.ActiveSessions, "1.5", "connections of a server"),
        OfServer("srv_weight", static server => server.EffectiveWeight / Server.WeightScale, "2.4", "a server's weight now"),
        OfServer("srv_uweight", static server => server.Weight, "2.4", "a server's weight as set by an operator"),
        OfServer("srv_iweight", static server => server.Config.Weight, "2.4", "a server's weight as configured"),
        OfServer("srv_queue", static server => server.Queue.Length, "1.8", "sessions that wait for a server"),
        OfServer(
            "srv_conn_free",
            static server => server.MaximumSessions == 0 ? -1 : long.Max(0, server.MaximumSessions - server.ActiveSessions),
            "1.9",
            "connections that a server has room for; -1: no limit"),
        new(
            "srv_is_up",
            s_server,
            SampleType.Boolean,
            FetchContexts.Running,
            static (SampleSource _, Arguments arguments, ref Sample sample) =>
            {
                sample.SetBoolean(((Server)arguments.Reference(0)!).IsUp);
                return true;
            },
            "1.3",
            "whether a server is up"),
    ];

    private delegate long BackendReader(Backend backend);

    private delegate long ServerReader(Server server);

    private static FetchRow OfBackend(string name, BackendReader read, string since, string description) =>
        new(name, s_backend, SampleType.Integer, FetchContexts.Running,
            (SampleSource _, Arguments arguments, ref Sample sample) =>
            {
                sample.SetInteger(read((Backend)arguments.Reference(0)!));
                return true;
            },
            since,
            description);

    private static FetchRow OfServer(string name, ServerReader read, string since, string description) =>
        new(name, s_server, SampleType.Integer, FetchContexts.Running,
            (SampleSource _, Arguments arguments, ref Sample sample) =>
            {
                sample.SetInteger(read((Server)arguments.Reference(0)!));
                return true;
            },
            since,
            description);

    private static FetchRow RateOf(
        string name, ArgumentSignature signature, Func<Arguments, TrafficCounters[]> find, string since, string description) =>
        new(name, signature, SampleType.Integer, FetchContexts.Running,
            (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                if (SessionRows.SessionOf(source) is not { } session) return false;
                sample.SetInteger(TrafficCounters.SessionsPerSecond(find(arguments), session.Loop.Now));
                return true;
            },
            since,
            description);

    internal static long UsableServers(Backend backend)
    {
        long count = 0;
        foreach (Server server in backend.Servers)
        {
            if (server.IsUp && server.EffectiveWeight > 0) count++;
        }

        return count;
    }

    private static long FreeConnections(Backend backend)
    {
        long free = 0;
        foreach (Server server in backend.Servers)
        {
            if (!server.IsUp) continue;
            if (server.MaximumSessions == 0) return -1;
            free += long.Max(0, server.MaximumSessions - server.ActiveSessions);
        }

        return free;
    }

    /// <summary>Rounded up; without servers twice as many, since one will soon be back.</summary>
    private static long AverageQueue(Backend backend)
    {
        long servers = UsableServers(backend);
        long waiting = WaitingSessions(backend);
        return servers == 0 ? 2 * waiting : (waiting + servers - 1) / servers;
    }

    private static long FreeSlots(Backend backend)
    {
        long free = 0;
        foreach (Server server in backend.Servers)
        {
            if (!server.IsUp) continue;
            if (server.MaximumSessions == 0 || server.MaximumQueue == 0) return -1;
            free += server.MaximumSessions - server.ActiveSessions + server.MaximumQueue - server.Queue.Length;
        }

        return free;
    }

    private static long WaitingSessions(Backend backend)
    {
        long waiting = backend.Queue.Length;
        foreach (Server server in backend.Servers) waiting += server.Queue.Length;
        return waiting;
    }

    /// <summary>The current proxy is meant, where there is one.</summary>
    private static bool IsMissing(Arguments arguments, CompileContext context) =>
        !arguments.Has(0) && context.Names != NameDirectory.Empty;
}
