using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace Hawser.Control.Stats;

/// <summary>How a value becomes a sample.</summary>
public enum MetricShape
{
    Number,

    /// <summary>Kept in milliseconds, told in seconds.</summary>
    Seconds,

    /// <summary>A sample for each state; 1 for the one that holds.</summary>
    State,

    /// <summary>A sample for each class of responses.</summary>
    Responses,

    /// <summary>A text as a label.</summary>
    Label,

    /// <summary>A sample for each result of checks; 1 for the last one.</summary>
    Check,

    /// <summary>A sample for each state of a server, telling how many servers are in it.</summary>
    ServersByState,

    /// <summary>A sample for each result of checks, telling how many servers had it last.</summary>
    ServersByCheck,
}

/// <summary>One metric of the Prometheus exporter.</summary>
/// <param name="Name">Without its prefix.</param>
/// <param name="Field">Position in <see cref="StatFields"/>, or for the process in <see cref="InfoFields"/>.</param>
public sealed record Metric(string Name, int Field, bool IsCounter, MetricShape Shape = MetricShape.Number)
{
    /// <summary>What its label "mod" says; null for what is no module's.</summary>
    public string? Module { get; init; }

    /// <summary>Has a meaning in "mode http" only: no sample otherwise.</summary>
    public bool IsHttpOnly => Name.StartsWith("http_", StringComparison.Ordinal) || Field == (int)StatField.Intercepted;

    /// <summary>Where the column is empty the sample is "NaN", as HAProxy has it; others are left out.</summary>
    public bool IsNaNWhenEmpty => Field is (int)StatField.SessionsLimit or (int)StatField.CheckFailures or (int)StatField.CheckDowns
        or (int)StatField.Downtime or (int)StatField.QueueLimit or (int)StatField.Throttle or (int)StatField.IdleConnectionsLimit;
}

/// <summary>HAProxy's metrics under its names, in its order, so that dashboards find them.</summary>
public static class PrometheusMetrics
{
    public static ImmutableArray<Metric> Of(StatObject kind) => kind switch
    {
        StatObject.Frontend => Frontend,
        StatObject.Backend => Backend,
        StatObject.Listener => Listener,
        _ => Server,
    };

    public static readonly ImmutableArray<Metric> Process =
    [
        new("nbthread", (int)InfoField.Nbthread, false),
        new("nbproc", (int)InfoField.Nbproc, false),
        new("relative_process_id", (int)InfoField.ProcessNum, false),
        new("uptime_seconds", (int)InfoField.UptimeSec, false),
        new("pool_failures_total", (int)InfoField.PoolFailed, true),
        new("max_fds", (int)InfoField.UlimitN, false),
        new("max_sockets", (int)InfoField.Maxsock, false),
        new("max_connections", (int)InfoField.Maxconn, false),
        new("hard_max_connections", (int)InfoField.HardMaxconn, false),
        new("current_connections", (int)InfoField.CurrConns, false),
        new("connections_total", (int)InfoField.CumConns, true),
        new("requests_total", (int)InfoField.CumReq, true),
        new("max_ssl_connections", (int)InfoField.MaxSslConns, false),
        new("current_ssl_connections", (int)InfoField.CurrSslConns, false),
        new("ssl_connections_total", (int)InfoField.CumSslConns, true),
        new("max_pipes", (int)InfoField.Maxpipes, false),
        new("pipes_used_total", (int)InfoField.PipesUsed, true),
        new("pipes_free_total", (int)InfoField.PipesFree, true),
        new("current_connection_rate", (int)InfoField.ConnRate, false),
        new("limit_connection_rate", (int)InfoField.ConnRateLimit, false),
        new("max_connection_rate", (int)InfoField.MaxConnRate, false),
        new("current_session_rate", (int)InfoField.SessRate, false),
        new("limit_session_rate", (int)InfoField.SessRateLimit, false),
        new("max_session_rate", (int)InfoField.MaxSessRate, false),
        new("current_ssl_rate", (int)InfoField.SslRate, false),
        new("limit_ssl_rate", (int)InfoField.SslRateLimit, false),
        new("max_ssl_rate", (int)InfoField.MaxSslRate, false),
        new("current_frontend_ssl_key_rate", (int)InfoField.SslFrontendKeyRate, false),
        new("max_frontend_ssl_key_rate", (int)InfoField.SslFrontendMaxKeyRate, false),
        new("frontend_ssl_reuse", (int)InfoField.SslFrontendSessionReusePct, false),
        new("current_backend_ssl_key_rate", (int)InfoField.SslBackendKeyRate, false),
        new("max_backend_ssl_key_rate", (int)InfoField.SslBackendMaxKeyRate, false),
        new("ssl_cache_lookups_total", (int)InfoField.SslCacheLookups, true),
        new("ssl_cache_misses_total", (int)InfoField.SslCacheMisses, true),
        new("http_comp_bytes_in_total", (int)InfoField.CompressBpsIn, true),
        new("http_comp_bytes_out_total", (int)InfoField.CompressBpsOut, true),
        new("limit_http_comp", (int)InfoField.CompressBpsRateLim, false),
        new("current_zlib_memory", (int)InfoField.ZlibMemUsage, false),
        new("max_zlib_memory", (int)InfoField.MaxZlibMemUsage, false),
        new("current_tasks", (int)InfoField.Tasks, false),
        new("current_run_queue", (int)InfoField.RunQueue, false),
        new("idle_time_percent", (int)InfoField.IdlePct, false),
        new("node", (int)InfoField.Node, false, MetricShape.Label),
        new("description", (int)InfoField.Description, false, MetricShape.Label),
        new("stopping", (int)InfoField.Stopping, false),
        new("jobs", (int)InfoField.Jobs, false),
        new("unstoppable_jobs", (int)InfoField.UnstoppableJobs, false),
        new("listeners", (int)InfoField.Listeners, false),
        new("active_peers", (int)InfoField.ActivePeers, false),
        new("connected_peers", (int)InfoField.ConnectedPeers, false),
        new("dropped_logs_total", (int)InfoField.DroppedLogs, true),
        new("busy_polling_enabled", (int)InfoField.BusyPolling, false),
        new("failed_resolutions", (int)InfoField.FailedResolutions, true),
        new("bytes_out_total", (int)InfoField.TotalBytesOut, true),
        new("spliced_bytes_out_total", (int)InfoField.TotalSplicedBytesOut, true),
        new("bytes_out_rate", (int)InfoField.BytesOutRate, false),
        new("recv_logs_total", (int)InfoField.CumRecvLogs, true),
        new("build_info", (int)InfoField.BuildInfo, false, MetricShape.Label),
        new("max_memory_bytes", (int)InfoField.MemmaxBytes, false),
        new("pool_allocated_bytes", (int)InfoField.PoolAllocBytes, false),
        new("pool_used_bytes", (int)InfoField.PoolUsedBytes, false),
        new("start_time_seconds", (int)InfoField.StartTimeSec, false),
        new("total_warnings", (int)InfoField.TotalWarnings, true),
        new("patterns_added_total", (int)InfoField.PatternsAdded, false),
        new("patterns_freed_total", (int)InfoField.PatternsFreed, false),
        new("nb_thread_groups", (int)InfoField.NbThreadGroups, false),
    ];

    public static readonly ImmutableArray<Metric> Frontend =
    [
        new("current_sessions", (int)StatField.SessionsNow, false),
        new("max_sessions", (int)StatField.SessionsMaximum, false),
        new("limit_sessions", (int)StatField.SessionsLimit, false),
        new("sessions_total", (int)StatField.SessionsTotal, true),
        new("bytes_in_total", (int)StatField.BytesIn, true),
        new("bytes_out_total", (int)StatField.BytesOut, true),
        new("requests_denied_total", (int)StatField.DeniedRequests, true),
        new("responses_denied_total", (int)StatField.DeniedResponses, true),
        new("request_errors_total", (int)StatField.RequestErrors, true),
        new("status", (int)StatField.Status, false, MetricShape.State),
        new("current_session_rate", (int)StatField.Rate, false),
        new("limit_session_rate", (int)StatField.RateLimit, false),
        new("max_session_rate", (int)StatField.RateMaximum, false),
        new("http_responses_total", (int)StatField.Responses1xx, true, MetricShape.Responses),
        new("http_requests_rate_max", (int)StatField.RequestRateMaximum, false),
        new("http_requests_total", (int)StatField.Requests, true),
        new("http_comp_bytes_in_total", (int)StatField.CompressionIn, true),
        new("http_comp_bytes_out_total", (int)StatField.CompressionOut, true),
        new("http_comp_bytes_bypassed_total", (int)StatField.CompressionBypassed, true),
        new("http_comp_responses_total", (int)StatField.CompressedResponses, true),
        new("connections_rate_max", (int)StatField.ConnectionRateMaximum, false),
        new("connections_total", (int)StatField.Connections, true),
        new("intercepted_requests_total", (int)StatField.Intercepted, true),
        new("denied_connections_total", (int)StatField.DeniedConnections, true),
        new("denied_sessions_total", (int)StatField.DeniedSessions, true),
        new("failed_header_rewriting_total", (int)StatField.FailedRewrites, true),
        new("http_cache_lookups_total", (int)StatField.CacheLookups, true),
        new("http_cache_hits_total", (int)StatField.CacheHits, true),
        new("internal_errors_total", (int)StatField.InternalErrors, true),
        new("req_bytes_in_total", (int)StatField.RequestBytesIn, true),
        new("req_bytes_out_total", (int)StatField.RequestBytesOut, true),
        new("res_bytes_in_total", (int)StatField.ResponseBytesIn, true),
        new("res_bytes_out_total", (int)StatField.ResponseBytesOut, true),
        new("http_cache_hint_hits_total", (int)StatField.CacheHintHits, true),
        new("req_bytes_lost_total", (int)StatField.RequestBytesLost, true),
        new("res_bytes_lost_total", (int)StatField.ResponseBytesLost, true),
        new("lossy_sessions_total", (int)StatField.LossySessions, true),
    ];

    public static readonly ImmutableArray<Metric> Listener =
    [
        new("current_sessions", (int)StatField.SessionsNow, false),
        new("max_sessions", (int)StatField.SessionsMaximum, false),
        new("limit_sessions", (int)StatField.SessionsLimit, false),
        new("sessions_total", (int)StatField.SessionsTotal, true),
        new("bytes_in_total", (int)StatField.BytesIn, true),
        new("bytes_out_total", (int)StatField.BytesOut, true),
        new("requests_denied_total", (int)StatField.DeniedRequests, true),
        new("responses_denied_total", (int)StatField.DeniedResponses, true),
        new("request_errors_total", (int)StatField.RequestErrors, true),
        new("status", (int)StatField.Status, false, MetricShape.State),
        new("connections_total", (int)StatField.Connections, true),
        new("denied_connections_total", (int)StatField.DeniedConnections, true),
        new("denied_sessions_total", (int)StatField.DeniedSessions, true),
        new("failed_header_rewriting_total", (int)StatField.FailedRewrites, true),
        new("internal_errors_total", (int)StatField.InternalErrors, true),
        new("req_bytes_in_total", (int)StatField.RequestBytesIn, true),
        new("req_bytes_out_total", (int)StatField.RequestBytesOut, true),
        new("res_bytes_in_total", (int)StatField.ResponseBytesIn, true),
        new("res_bytes_out_total", (int)StatField.ResponseBytesOut, true),
        new("req_bytes_lost_total", (int)StatField.RequestBytesLost, true),
        new("res_bytes_lost_total", (int)StatField.ResponseBytesLost, true),
        new("lossy_sessions_total", (int)StatField.LossySessions, true),
    ];

    public static readonly ImmutableArray<Metric> Backend =
    [
        new("current_queue", (int)StatField.QueueNow, false),
        new("max_queue", (int)StatField.QueueMaximum, false),
        new("current_sessions", (int)StatField.SessionsNow, false),
        new("max_sessions", (int)StatField.SessionsMaximum, false),
        new("limit_sessions", (int)StatField.SessionsLimit, false),
        new("sessions_total", (int)StatField.SessionsTotal, true),
        new("bytes_in_total", (int)StatField.BytesIn, true),
        new("bytes_out_total", (int)StatField.BytesOut, true),
        new("requests_denied_total", (int)StatField.DeniedRequests, true),
        new("responses_denied_total", (int)StatField.DeniedResponses, true),
        new("connection_errors_total", (int)StatField.ConnectionErrors, true),
        new("response_errors_total", (int)StatField.ResponseErrors, true),
        new("retry_warnings_total", (int)StatField.Retries, true),
        new("redispatch_warnings_total", (int)StatField.Redispatches, true),
        new("status", (int)StatField.Status, false, MetricShape.State),
        new("weight", (int)StatField.Weight, false),
        new("active_servers", (int)StatField.Active, false),
        new("backup_servers", (int)StatField.Backup, false),
        new("check_up_down_total", (int)StatField.CheckDowns, true),
        new("check_last_change_seconds", (int)StatField.LastChange, false),
        new("downtime_seconds_total", (int)StatField.Downtime, true),
        new("loadbalanced_total", (int)StatField.Balanced, true),
        new("current_session_rate", (int)StatField.Rate, false),
        new("max_session_rate", (int)StatField.RateMaximum, false),
        new("http_responses_total", (int)StatField.Responses1xx, true, MetricShape.Responses),
        new("http_requests_total", (int)StatField.Requests, true),
        new("client_aborts_total", (int)StatField.ClientAborts, true),
        new("server_aborts_total", (int)StatField.ServerAborts, true),
        new("http_comp_bytes_in_total", (int)StatField.CompressionIn, true),
        new("http_comp_bytes_out_total", (int)StatField.CompressionOut, true),
        new("http_comp_bytes_bypassed_total", (int)StatField.CompressionBypassed, true),
        new("http_comp_responses_total", (int)StatField.CompressedResponses, true),
        new("last_session_seconds", (int)StatField.LastSession, false),
        new("queue_time_average_seconds", (int)StatField.QueueTime, false, MetricShape.Seconds),
        new("connect_time_average_seconds", (int)StatField.ConnectTime, false, MetricShape.Seconds),
        new("response_time_average_seconds", (int)StatField.ResponseTime, false, MetricShape.Seconds),
        new("total_time_average_seconds", (int)StatField.TotalTime, false, MetricShape.Seconds),
        new("failed_header_rewriting_total", (int)StatField.FailedRewrites, true),
        new("connection_attempts_total", (int)StatField.ConnectionAttempts, true),
        new("connection_reuses_total", (int)StatField.ConnectionReuses, true),
        new("http_cache_lookups_total", (int)StatField.CacheLookups, true),
        new("http_cache_hits_total", (int)StatField.CacheHits, true),
        new("max_queue_time_seconds", (int)StatField.QueueTimeMaximum, false, MetricShape.Seconds),
        new("max_connect_time_seconds", (int)StatField.ConnectTimeMaximum, false, MetricShape.Seconds),
        new("max_response_time_seconds", (int)StatField.ResponseTimeMaximum, false, MetricShape.Seconds),
        new("max_total_time_seconds", (int)StatField.TotalTimeMaximum, false, MetricShape.Seconds),
        new("internal_errors_total", (int)StatField.InternalErrors, true),
        new("uweight", (int)StatField.UserWeight, false),
        new("agg_server_status", (int)StatField.AggregatedServerStatus, false, MetricShape.ServersByState),
        new("agg_server_check_status", (int)StatField.AggregatedServerCheckStatus, false, MetricShape.ServersByState),
        new("agg_check_status", (int)StatField.AggregatedCheckStatus, false, MetricShape.ServersByCheck),
        new("req_bytes_in_total", (int)StatField.RequestBytesIn, true),
        new("req_bytes_out_total", (int)StatField.RequestBytesOut, true),
        new("res_bytes_in_total", (int)StatField.ResponseBytesIn, true),
        new("res_bytes_out_total", (int)StatField.ResponseBytesOut, true),
        new("http_cache_hint_hits_total", (int)StatField.CacheHintHits, true),
        new("req_bytes_lost_total", (int)StatField.RequestBytesLost, true),
        new("res_bytes_lost_total", (int)StatField.ResponseBytesLost, true),
        new("lossy_sessions_total", (int)StatField.LossySessions, true),
    ];

    public static readonly ImmutableArray<Metric> Server =
    [
        new("current_queue", (int)StatField.QueueNow, false),
        new("max_queue", (int)StatField.QueueMaximum, false),
        new("current_sessions", (int)StatField.SessionsNow, false),
        new("max_sessions", (int)StatField.SessionsMaximum, false),
        new("limit_sessions", (int)StatField.SessionsLimit, false),
        new("sessions_total", (int)StatField.SessionsTotal, true),
        new("bytes_in_total", (int)StatField.BytesIn, true),
        new("bytes_out_total", (int)StatField.BytesOut, true),
        new("responses_denied_total", (int)StatField.DeniedResponses, true),
        new("connection_errors_total", (int)StatField.ConnectionErrors, true),
        new("response_errors_total", (int)StatField.ResponseErrors, true),
        new("retry_warnings_total", (int)StatField.Retries, true),
        new("redispatch_warnings_total", (int)StatField.Redispatches, true),
        new("status", (int)StatField.Status, false, MetricShape.State),
        new("weight", (int)StatField.Weight, false),
        new("active", (int)StatField.Active, false),
        new("backup", (int)StatField.Backup, false),
        new("check_failures_total", (int)StatField.CheckFailures, true),
        new("check_up_down_total", (int)StatField.CheckDowns, true),
        new("check_last_change_seconds", (int)StatField.LastChange, false),
        new("downtime_seconds_total", (int)StatField.Downtime, true),
        new("queue_limit", (int)StatField.QueueLimit, false),
        new("current_throttle", (int)StatField.Throttle, false),
        new("loadbalanced_total", (int)StatField.Balanced, true),
        new("current_session_rate", (int)StatField.Rate, false),
        new("max_session_rate", (int)StatField.RateMaximum, false),
        new("check_status", (int)StatField.CheckStatus, false, MetricShape.Check),
        new("check_code", (int)StatField.CheckCode, false),
        new("check_duration_seconds", (int)StatField.CheckDuration, false, MetricShape.Seconds),
        new("http_responses_total", (int)StatField.Responses1xx, true, MetricShape.Responses),
        new("http_requests_total", (int)StatField.Requests, true),
        new("client_aborts_total", (int)StatField.ClientAborts, true),
        new("server_aborts_total", (int)StatField.ServerAborts, true),
        new("last_session_seconds", (int)StatField.LastSession, false),
        new("queue_time_average_seconds", (int)StatField.QueueTime, false, MetricShape.Seconds),
        new("connect_time_average_seconds", (int)StatField.ConnectTime, false, MetricShape.Seconds),
        new("response_time_average_seconds", (int)StatField.ResponseTime, false, MetricShape.Seconds),
        new("total_time_average_seconds", (int)StatField.TotalTime, false, MetricShape.Seconds),
        new("failed_header_rewriting_total", (int)StatField.FailedRewrites, true),
        new("connection_attempts_total", (int)StatField.ConnectionAttempts, true),
        new("connection_reuses_total", (int)StatField.ConnectionReuses, true),
        new("idle_connections_current", (int)StatField.IdleConnections, false),
        new("idle_connections_limit", (int)StatField.IdleConnectionsLimit, false),
        new("max_queue_time_seconds", (int)StatField.QueueTimeMaximum, false, MetricShape.Seconds),
        new("max_connect_time_seconds", (int)StatField.ConnectTimeMaximum, false, MetricShape.Seconds),
        new("max_response_time_seconds", (int)StatField.ResponseTimeMaximum, false, MetricShape.Seconds),
        new("max_total_time_seconds", (int)StatField.TotalTimeMaximum, false, MetricShape.Seconds),
        new("internal_errors_total", (int)StatField.InternalErrors, true),
        new("unsafe_idle_connections_current", (int)StatField.UnsafeIdleConnections, false),
        new("safe_idle_connections_current", (int)StatField.SafeConnections, false),
        new("used_connections_current", (int)StatField.UsedConnections, false),
        new("need_connections_current", (int)StatField.NeededConnections, false),
        new("uweight", (int)StatField.UserWeight, false),
        new("private_idle_connections_current", (int)StatField.PrivateIdleConnections, false),
        new("req_bytes_in_total", (int)StatField.RequestBytesIn, true),
        new("req_bytes_out_total", (int)StatField.RequestBytesOut, true),
        new("res_bytes_in_total", (int)StatField.ResponseBytesIn, true),
        new("res_bytes_out_total", (int)StatField.ResponseBytesOut, true),
        new("req_bytes_lost_total", (int)StatField.RequestBytesLost, true),
        new("res_bytes_lost_total", (int)StatField.ResponseBytesLost, true),
        new("lossy_sessions_total", (int)StatField.LossySessions, true),
    ];

    /// <summary>"extra-counters": the columns of modules. HAProxy calls all of them counters.</summary>
    public static IEnumerable<Metric> OfModules(StatObject kind)
    {
        bool isProxy = kind is StatObject.Frontend or StatObject.Backend;
        foreach (ModuleStats.Module module in ModuleStats.List)
        {
            for (StatField field = module.First; field <= module.Last && (isProxy || module.Name == "ssl"); field++)
                yield return new Metric(StatFields.List[(int)field].Name, (int)field, true) { Module = module.Name };
        }
    }
}
