using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Fetches;

/// <summary>Who serves a session, by number and name, and which limits it has (manual, section 7.3.3).</summary>
internal static class SettingFetches
{
    public static FetchRow[] Rows { get; } =
    [
        SessionRows.Number("fe_id", FetchContexts.Client, static s => s.Frontend.Config.Id, "1.3", "the frontend's number"),
        SessionRows.Text("fe_defbe", FetchContexts.Client, static s => s.Frontend.DefaultBackend?.NameBytes, "2.5", "the frontend's default backend"),
        SessionRows.Number("be_id", FetchContexts.BackendChosen, static s => ProxyOf(s).Id, "1.5", "the backend's number"),
        SessionRows.Number("so_id", FetchContexts.Client, static s => s.Source.UnixId, "1.3", "the number of the bind line's socket"),
        SessionRows.Text("so_name", FetchContexts.Client, static s => s.Source.GivenName, "2.5", "the name on the bind line"),
        SessionRows.Number("srv_id", FetchContexts.ServerChosen, static s => s.Target?.Id, "1.5", "the server's number"),
        SessionRows.Number("dst_conn", FetchContexts.Client, static s => s.Source.ActiveSessions, "1.3", "connections of the same listening socket"),

        // What the configuration says.
        SessionRows.Number("fe_client_timeout", FetchContexts.Client, static s => s.Frontend.ClientTimeout.Value, "2.5", "timeout client of the frontend, in milliseconds"),
        SessionRows.Number("fe_tarpit_timeout", FetchContexts.Client, static s => Milliseconds(s.Frontend.Config.Timeouts.TarpitMs), "3.0", "timeout tarpit of the frontend, in milliseconds"),
        Configured("be_connect_timeout", static timeouts => Milliseconds(timeouts.ConnectMs), "3.0", "timeout connect of the backend, in milliseconds"),
        Configured("be_queue_timeout", static timeouts => Milliseconds(timeouts.QueueMs ?? timeouts.ConnectMs), "3.0", "timeout queue of the backend, in milliseconds"),
        Configured("be_server_timeout", static timeouts => Milliseconds(timeouts.ServerMs), "2.5", "timeout server of the backend, in milliseconds"),
        Configured("be_tarpit_timeout", static timeouts => Milliseconds(timeouts.TarpitMs ?? timeouts.ConnectMs), "3.0", "timeout tarpit of the backend, in milliseconds"),
        Configured("be_tunnel_timeout", static timeouts => Milliseconds(timeouts.TunnelMs), "2.5", "timeout tunnel of the backend, in milliseconds"),
        SessionRows.Number("be_max_retries", FetchContexts.BackendChosen, static s => s.Backend?.Config.Retries ?? 0, "3.0", "retries of the backend"),

        // What is in force.
        SessionRows.Number("cur_client_timeout", FetchContexts.Client, static s => s.Phase < SessionPhase.RequestRules ? null : Tunnel(s).Or(s.ClientTimeoutSaid.Or(s.Frontend.ClientTimeout)).Value, "3.0", "timeout client in force, in milliseconds"),
        Current("cur_connect_timeout", static s => s.ConnectTimeout, "3.0", "timeout connect in force, in milliseconds"),
        Current("cur_queue_timeout", static s => s.QueueTimeout, "3.0", "timeout queue in force, in milliseconds"),
        Current("cur_server_timeout", static s => s.ConnectedAt.IsNever ? default : Tunnel(s).Or(s.ServerTimeout), "2.5", "timeout server in force, in milliseconds; 0 before there is a server"),
        Current("cur_tunnel_timeout", static s => s.ConnectedAt.IsNever ? default : s.TunnelTimeout, "2.5", "timeout tunnel in force, in milliseconds; 0 before there is a server"),
        SessionRows.Number("cur_tarpit_timeout", FetchContexts.Connected, CurrentTarpit, "3.0", "timeout tarpit in force, in milliseconds"),
        SessionRows.Number("cur_max_retries", FetchContexts.BackendChosen, static s => s.RetriesSaid >= 0 ? s.RetriesSaid : s.Backend?.Config.Retries ?? 0, "3.0", "retries in force"),
    ];

    private delegate long TimeoutReader(TimeoutsConfig timeouts);

    private delegate Milliseconds CurrentReader(Session session);

    private static FetchRow Configured(string name, TimeoutReader read, string since, string description) =>
        SessionRows.Number(name, FetchContexts.BackendChosen, s => s.Backend is null ? 0 : read(s.Backend.Config.Timeouts), since, description);

    private static FetchRow Current(string name, CurrentReader read, string since, string description) =>
        SessionRows.Number(name, FetchContexts.BackendChosen, s => s.Backend is null ? 0 : read(s).Value, since, description);

    /// <summary>It takes the place of both sides' timeouts.</summary>
    private static Milliseconds Tunnel(Session session) => session.IsTunnel ? session.TunnelTimeout : default;

    private static long? CurrentTarpit(Session session)
    {
        if (session.Phase < SessionPhase.RequestRules) return null;
        if (session.Http is { TarpitTimeout: { IsSet: true } said }) return said.Value;
        if (session.Backend is null) return Milliseconds(session.Frontend.Config.Timeouts.TarpitMs);
        TimeoutsConfig timeouts = session.Backend.Config.Timeouts;
        return Milliseconds(timeouts.TarpitMs ?? timeouts.ConnectMs);
    }

    /// <summary>Until a backend is chosen the frontend stands for it.</summary>
    private static ProxyConfig ProxyOf(Session session) => session.Backend?.Config ?? session.Frontend.Config;

    private static long Milliseconds(Located<int>? timeout) => timeout?.Value ?? 0;
}
